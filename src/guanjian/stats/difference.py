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


def did_log_odds(own: np.ndarray, others: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Difference in differences of log odds: how much further `own` moved to the other way than `others` did.

    Columns: before and after by the usual way, before and after by another. Returns the effect, its standard error, and
    the share of the other way after, had `own` moved like the others. Half an entry is added to each count (Haldane).
    """
    own, others = own + 0.5, others + 0.5
    moved, usual = (np.log(c[:, 3]) - np.log(c[:, 1]) - np.log(c[:, 2]) + np.log(c[:, 0]) for c in (own, others))
    error = np.sqrt((1 / own).sum(1) + (1 / others).sum(1))
    would = np.log(own[:, 2] / own[:, 0]) + usual
    return moved - usual, error, 1 / (1 + np.exp(-would))
