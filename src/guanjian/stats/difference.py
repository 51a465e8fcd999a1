"""Was the outcome different, too? The second look at a suspicion, from counts and sums alone."""

from __future__ import annotations

import math

import numpy as np
from scipy.stats import combine_pvalues, fisher_exact, ttest_ind_from_stats

from guanjian.stats.exact import SMALLEST


def shares_differ(hits: tuple[int, int], of: tuple[int, int]) -> float:
    """Fisher's exact two-sided p for two shares; 1 when one side has nothing."""
    if min(of) == 0:
        return 1.0
    return float(fisher_exact([[hits[0], of[0] - hits[0]], [hits[1], of[1] - hits[1]]]).pvalue)


def means_differ(sums: tuple[float, float], squares: tuple[float, float], of: tuple[int, int]) -> float:
    """Welch's two-sided p for two means, from sums and sums of squares; 1 when a side has fewer than two values."""
    if min(of) < 2:
        return 1.0
    means = [s / n for s, n in zip(sums, of, strict=True)]
    spreads = [math.sqrt(max(q - n * m * m, 0.0) / (n - 1)) for q, n, m in zip(squares, of, means, strict=True)]
    if max(spreads) < 1e-12:
        return 1.0 if abs(means[0] - means[1]) < 1e-12 else SMALLEST
    found = ttest_ind_from_stats(means[0], spreads[0], of[0], means[1], spreads[1], of[1], equal_var=False)
    return float(found.pvalue)


def together(p_values: list[float]) -> float:
    """Fisher's combination of independent p-values."""
    return float(combine_pvalues(np.clip(p_values, SMALLEST, 1.0), method="fisher").pvalue)


def joined(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Fisher's combination of pairs of independent p-values."""
    product = np.maximum(np.asarray(one, float) * np.asarray(other, float), SMALLEST)
    return np.clip(product * (1 - np.log(product)), SMALLEST, 1.0)


def moved_beyond(own: np.ndarray, others: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How many pieces more went that way after a day than others moved there, and the share that was to be expected.

    Columns: that way before and after, all before and after. The share of `others` may have grown there in the meantime:
    so many pieces are excused, with one standard error of that growth in favour of the one looked at.
    """
    before, after = own[:, 2], own[:, 3]
    share = [(others[:, n] + 0.5) / (others[:, n + 2] + 1) for n in (0, 1)]
    error = np.sqrt(sum(s * (1 - s) / (others[:, n + 2] + 1) for n, s in enumerate(share)))
    compared = others[:, 2:].min(axis=1) > 0
    grown = np.where(compared & (share[1] > share[0]), share[1] - share[0], 0.0)
    excused = np.where(grown > 0, (grown + error) * before * after / (before + after), 0.0)
    return own[:, 1] - excused, np.minimum(own[:, 0] / before + grown, 1.0)
