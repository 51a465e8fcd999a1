"""A composite of several measures within peer groups: ranks, weights, and how sure the result is.

Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008): rank normalisation, weights with provenance,
additive aggregation, Monte Carlo over weights and sampling error so that a score is shown as an interval.
"""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata

FEWEST_PEERS = 3  # below three nobody can be compared
WEIGHT_DOUBT = 0.25  # weights are uncertain by a quarter either way


def peer_ranks(values: np.ndarray, groups: np.ndarray, higher_is_better: bool) -> np.ndarray:
    """Mid-ranks within each group from 0 (worst) to 1 (best); NaN for NaN, and in groups of fewer than three values."""
    ranks = np.full(values.shape, np.nan)
    for group in np.unique(groups):
        here = np.flatnonzero((groups == group) & ~np.isnan(values))
        if here.size >= FEWEST_PEERS:
            ranks[here] = (rankdata(values[here]) - 0.5) / here.size
    return ranks if higher_is_better else 1 - ranks


def composite(ranks: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The weighted mean of the parts that a unit has (units × parts → units), from 0 to 1; NaN where it has none."""
    known = ~np.isnan(ranks)
    total = known @ weights
    with np.errstate(invalid="ignore"):
        return np.where(total > 0, np.where(known, ranks, 0) @ weights / total, np.nan)


def coverage(ranks: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The share of the weights for which a unit has a value."""
    return ~np.isnan(ranks) @ weights / weights.sum()


def redrawn(cases: np.ndarray, exposure: np.ndarray, share: bool, rng: np.random.Generator) -> np.ndarray:
    """Values as they could have been: a share from its posterior under Jeffreys' prior, others as they are."""
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.where(exposure > 0, cases / exposure, np.nan)
    if not share:
        return values
    known = exposure > 0
    return np.where(known, rng.beta(cases + 0.5, np.maximum(exposure - cases, 0) + 0.5), np.nan)


def doubtful(weights: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Weights as somebody else could have chosen them."""
    return weights * rng.uniform(1 - WEIGHT_DOUBT, 1 + WEIGHT_DOUBT, weights.size)
