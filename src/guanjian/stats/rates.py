"""How much do honest rates differ, and how likely is none at all? Counts whose rates vary like a logarithmic normal law.

The count of a subject with `expected` is Poisson with mean expected × exp(τ Z − τ² ÷ 2): rates are products of many
causes, and no honest one is nothing. A law with a longer lower tail (the beta) would excuse every zero.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln
from scipy.stats import poisson

from guanjian.stats.exact import SMALLEST

POINTS, WEIGHTS = np.polynomial.hermite_e.hermegauss(41)
WEIGHTS = WEIGHTS / WEIGHTS.sum()
STEPS = np.arange(41) * 0.05  # τ is learned to a twentieth; up to 2
TELLING = 0.5  # whoever is expected to have less tells nothing of how rates differ
FEWEST = 20
ODD = 1e-3  # so unlikely on either side that it is not honest difference


def none_at_all(expected: np.ndarray, spread: float) -> np.ndarray:
    """P(nothing) for subjects with this expectation, when rates spread so much (τ)."""
    return np.clip(np.exp(-_means(np.asarray(expected, float), spread)) @ WEIGHTS, SMALLEST, 1.0)


def spread_of_rates(seen: np.ndarray, expected: np.ndarray) -> float:
    """τ of greatest likelihood over STEPS, without those who are odd at the τ of all; 0 where too few can say."""
    seen, expected = np.asarray(seen, float), np.asarray(expected, float)
    told = expected >= TELLING
    seen, expected = seen[told], expected[told]
    if seen.size < FEWEST:
        return 0.0
    means = _means(expected, _likeliest(seen, expected))
    least = np.minimum(poisson.sf(seen[:, None] - 1, means) @ WEIGHTS, poisson.cdf(seen[:, None], means) @ WEIGHTS)
    return _likeliest(seen[least > ODD], expected[least > ODD])


def _means(expected: np.ndarray, spread: float) -> np.ndarray:
    return expected[:, None] * np.exp(spread * POINTS - spread * spread / 2)


def _likeliest(seen: np.ndarray, expected: np.ndarray) -> float:
    told = []
    for spread in STEPS:
        means = _means(expected, spread)
        each = np.exp(seen[:, None] * np.log(means) - means - gammaln(seen + 1)[:, None]) @ WEIGHTS
        told.append(np.log(np.maximum(each, SMALLEST)).sum())
    return float(STEPS[int(np.argmax(np.round(told, 6)))])
