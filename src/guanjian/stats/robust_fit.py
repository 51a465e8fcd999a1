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
AT_REST = 1e-12  # a coefficient that moves by less has come to rest
AT_ONCE = 65_000  # rows of the groups that are fitted together
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
    equal ones the first start's counts. Groups are fitted a few at a time, so that their rows stay near the processor.
    """
    groups, k = int(group.max()) + 1 if len(group) else 0, x.shape[1] + 1
    order = np.argsort(group, kind="stable")
    ends = np.cumsum(np.bincount(group, minlength=groups))
    beta, scale, standard = np.zeros((groups, k)), np.zeros(groups), np.empty(len(y))
    first = 0
    while first < groups:
        begin = ends[first - 1] if first else 0
        last = max(int(np.searchsorted(ends, begin + AT_ONCE, side="right")), first + 1)
        rows = order[begin : ends[last - 1]]
        design = np.column_stack([np.ones(len(rows)), x[rows]])
        of = slice(first, last)
        beta[of], scale[of], standard[rows] = _some(
            group[rows] - first, design, y[rows], np.asarray(start), last - first
        )
        first = last
    return Lines(beta, scale, standard)


def _some(
    group: np.ndarray, design: np.ndarray, y: np.ndarray, start: np.ndarray, groups: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Coefficients and scale of these groups, and the standardised residuals of their rows (sorted by group)."""
    size = np.bincount(group, minlength=groups)
    first = np.zeros((groups, design.shape[1]))
    first[:, 1:] = start
    first[:, 0] = _median(group, y - (design[:, 1:] * start).sum(1), size)
    halves = [
        _trimmed(group, design, y, begin) for begin in (first, _solved(group, design, y, np.ones(len(y)), groups))
    ]
    better = (halves[1][1] < halves[0][1] * (1 - TIE))[:, None]
    beta = np.where(better, halves[1][0], halves[0][0])
    scale = TO_SD * _median(group, np.abs(_left(group, design, y, beta)), size) * _small_sample(size, design.shape[1])
    beta = _mm(group, design, y, (beta, scale))
    safe = np.where(scale > SOLID, scale, np.nan)
    return beta, scale, _left(group, design, y, beta) / safe[group]


def _small_sample(size: np.ndarray, features: int) -> np.ndarray:
    """Fitted residuals are smaller than errors: the usual degrees of freedom."""
    return np.sqrt(size / np.maximum(size - features, 1))


def _left(group: np.ndarray, design: np.ndarray, y: np.ndarray, beta: np.ndarray) -> np.ndarray:
    known = design[:, 0] * beta[group, 0]
    for column in range(1, design.shape[1]):
        known += design[:, column] * beta[group, column]
    return y - known


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
    """C-steps: fit the rows with the smallest residuals again, until they stay the same; with their sum of squares.

    A group whose half stays the same has its line; only the others are looked at again.
    """
    groups, k = beta.shape
    beta, kept = beta.copy(), np.zeros(len(y), bool)
    rows, moving, number = np.arange(len(y)), np.arange(groups), group
    for step in range(C_STEPS):
        now = _better_half(number, _left(group[rows], design[rows], y[rows], beta), k, len(moving))
        moved = np.bincount(number, now != kept[rows], minlength=len(moving)) > 0
        kept[rows] = now
        if step and not moved.all():
            moving, rows, now = moving[moved], rows[moved[number]], now[moved[number]]
            number = (np.cumsum(moved) - 1)[number[moved[number]]]
        if not len(moving):
            break
        beta[moving] = _solved(number, design[rows], y[rows], now.astype(float), len(moving))
    best = np.bincount(group, kept * _left(group, design, y, beta) ** 2, minlength=groups)
    return beta, best


def _better_half(group: np.ndarray, left: np.ndarray, features: int, groups: int) -> np.ndarray:
    """The rows of each group with the smallest residuals: of two as far on either side the upper one."""
    size = np.bincount(group, minlength=groups)
    keep = np.minimum(np.floor(size * KEPT).astype(int) + (features + 1) // 2, size)
    far, starts = np.round(left**2, FINE), np.cumsum(size) - size
    order = np.argsort(far)
    order = order[np.argsort(group[order].astype(np.uint16 if groups <= 2**16 else np.intp), kind="stable")]
    open_ = np.flatnonzero((keep > 0) & (keep < size))  # where the edge runs between two rows
    edge = starts[open_] + keep[open_]
    tied = np.zeros(groups, bool)
    tied[open_[far[order[edge - 1]] == far[order[edge]]]] = True
    if tied.any():
        rows = np.flatnonzero(tied[group])
        order[tied[group[order]]] = rows[np.lexsort((-left[rows], far[rows], group[rows]))]
    better = np.zeros(len(left), bool)
    better[order] = np.arange(len(left)) - np.repeat(starts, size) < np.repeat(keep, size)
    return better


def _mm(group: np.ndarray, design: np.ndarray, y: np.ndarray, start: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Tukey's biweight with the scale held fast; a group whose line has come to rest is not looked at again."""
    beta, scale = start[0].copy(), start[1]
    wide = np.where(scale > SOLID, TUNING * scale, np.inf)
    moving = np.flatnonzero(scale > SOLID)
    for _ in range(MM_STEPS):
        place = np.full(len(beta), -1)
        place[moving] = np.arange(len(moving))
        rows = place[group] >= 0
        of, facts, told = group[rows], design[rows], y[rows]
        far = np.minimum(np.abs(_left(of, facts, told, beta)) / wide[of], 1.0)
        following = _solved(place[of], facts, told, (1 - far**2) ** 2, len(moving))
        moved = np.abs(following - beta[moving]).max(axis=1, initial=0.0) >= AT_REST
        beta[moving] = following
        moving = moving[moved]
        if not len(moving):
            break
    return beta
