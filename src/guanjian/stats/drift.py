"""Has the mix changed? The population stability index, and how large it is by chance alone."""

from __future__ import annotations

import numpy as np


def stability(before: np.ndarray, after: np.ndarray, floor: float = 0.5) -> float:
    """PSI: Σ (a − b)·ln(a ÷ b) over the shares of the levels; empty levels count as `floor` observations."""
    b, a = (np.maximum(np.asarray(counts, float), floor) for counts in (before, after))
    b, a = b / b.sum(), a / a.sum()
    return float(((a - b) * np.log(a / b)).sum())


def by_chance(before: np.ndarray, after: np.ndarray) -> float:
    """The PSI to be expected of two samples of these sizes from one and the same mix: (levels − 1)(1/n + 1/m)."""
    levels = np.count_nonzero(np.asarray(before) + np.asarray(after))
    return max(levels - 1, 0) * (1 / max(np.sum(before), 1) + 1 / max(np.sum(after), 1))
