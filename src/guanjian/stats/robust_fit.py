"""A line that a few cheats cannot bend: least trimmed squares, then an MM step, for many groups at once.

Rousseeuw, "Least median of squares regression", JASA 1984 (LTS); Yohai, Annals of Statistics 15, 1987 (MM); the
C-steps of Rousseeuw and Van Driessen 2006. Every sum over a group is one `bincount`: no loop over groups or rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

KEPT = 0.5  # LTS looks at the better half: up to half of a group may be wrong
TO_SD = 1.4826
C_STEPS, MM_STEPS = 20, 60
TUNING = 4.685  # Tukey's biweight with 95 % efficiency for honest normal errors
SOLID = 1e-9
FINE = 12  # decimals of a squared residual; of two rows as far on either side the upper one is the nearer
TIE = 1e-9  # two halves as good as each other but for a rounding: the first start's stays


@dataclass(frozen=True)
class Lines:
    """By group: coefficients (the constant first) and robust scale; by row: residual ÷ scale (nan without a scale)."""

    beta: np.ndarray
    scale: np.ndarray
    standard: np.ndarray


def fit(group: np.ndarray, x: np.ndarray, y: np.ndarray, start: np.ndarray) -> Lines:
    """y on x (rows × features) in every group (codes from 0), from slopes `start` and the group's median as constant.

    A second start are the ordinary least squares; the better half's smaller sum of squares decides; of two
    equal ones the first start's counts.
    """
    design = np.column_stack([np.ones(len(y)), x])
    groups = int(group.max()) + 1 if len(group) else 0
    size = np.bincount(group, minlength=groups)
    first = np.zeros((groups, design.shape[1]))
    first[:, 1:] = start
    first[:, 0] = _median(group, y - (design[:, 1:] * np.asarray(start)).sum(1), size)
    halves = [
        _trimmed(group, design, y, begin) for begin in (first, _solved(group, design, y, np.ones(len(y)), groups))
    ]
    better = (halves[1][1] < halves[0][1] * (1 - TIE))[:, None]
    beta = np.where(better, halves[1][0], halves[0][0])
    scale = TO_SD * _median(group, np.abs(_left(group, design, y, beta)), size) * _small_sample(size, design.shape[1])
    beta = _mm(group, design, y, (beta, scale))
    safe = np.where(scale > SOLID, scale, np.nan)
    return Lines(beta, scale, _left(group, design, y, beta) / safe[group])


def _small_sample(size: np.ndarray, features: int) -> np.ndarray:
    """Fitted residuals are smaller than errors: the usual degrees of freedom."""
    return np.sqrt(size / np.maximum(size - features, 1))


def _left(group: np.ndarray, design: np.ndarray, y: np.ndarray, beta: np.ndarray) -> np.ndarray:
    return y - (design * beta[group]).sum(1)


def _median(group: np.ndarray, values: np.ndarray, size: np.ndarray) -> np.ndarray:
    """The median of each group by one sort."""
    order = np.lexsort((values, group))
    starts = np.cumsum(size) - size
    low, high = starts + (size - 1) // 2, starts + size // 2
    there = size > 0
    middle = np.zeros(size.size)
    middle[there] = (values[order[low[there]]] + values[order[high[there]]]) / 2
    return middle


def _solved(group: np.ndarray, design: np.ndarray, y: np.ndarray, weight: np.ndarray, groups: int) -> np.ndarray:
    """Weighted least squares in every group."""
    k = design.shape[1]
    inner, right = np.empty((groups, k, k)), np.empty((groups, k))
    for one in range(k):
        right[:, one] = np.bincount(group, weight * design[:, one] * y, minlength=groups)
        for other in range(one, k):
            inner[:, one, other] = np.bincount(group, weight * design[:, one] * design[:, other], minlength=groups)
            inner[:, other, one] = inner[:, one, other]
    return (np.linalg.pinv(inner, rcond=1e-10, hermitian=True) @ right[:, :, None])[:, :, 0]


def _trimmed(group: np.ndarray, design: np.ndarray, y: np.ndarray, beta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """C-steps: fit the rows with the smallest residuals again, until they stay the same; with their sum of squares."""
    groups, k = beta.shape
    size = np.bincount(group, minlength=groups)
    keep = np.minimum(np.floor(size * KEPT).astype(int) + (k + 1) // 2, size)
    starts = np.cumsum(size) - size
    kept = None
    for _ in range(C_STEPS):
        left = _left(group, design, y, beta)
        order = np.lexsort((-left, np.round(left**2, FINE), group))
        rank = np.empty(len(y), int)
        rank[order] = np.arange(len(y)) - starts[group[order]]
        now = rank < keep[group]
        if kept is not None and (now == kept).all():
            break
        kept = now
        beta = _solved(group, design, y, kept.astype(float), groups)
    best = np.bincount(group, kept * _left(group, design, y, beta) ** 2, minlength=groups)
    return beta, best


def _mm(group: np.ndarray, design: np.ndarray, y: np.ndarray, start: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Tukey's biweight with the scale held fast."""
    beta, scale = start
    wide = np.where(scale > SOLID, TUNING * scale, np.inf)
    for _ in range(MM_STEPS):
        far = np.minimum(np.abs(_left(group, design, y, beta)) / wide[group], 1.0)
        following = _solved(group, design, y, (1 - far**2) ** 2, len(beta))
        following = np.where((scale > SOLID)[:, None], following, beta)
        if np.abs(following - beta).max(initial=0.0) < 1e-10:
            break
        beta = following
    return beta
