"""Whose is it? One cluster read as systemic, regional, cross or single, with every share shown, never only the label.

Within the cluster's window the table of lines x places is compared with what was expected; its deviance is split into a
line effect (the systemic share), a place effect (the regional share) and what only their crossing explains, in the
order-free way: each effect's share is the mean of entering first and entering last. What chance alone would give
(phi per degree of freedom) is taken off each part first; in very sparse tables that is an approximation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from guanjian.kernel.risks import Shape
from guanjian.stats.scan.problem import Problem
from guanjian.stats.scan.result import Cluster

WIDE = 0.5  # a zone or branch that holds at least this share of the volume is wide
RAISED = 1.0  # relative risk above which a unit or line counts towards breadth


@dataclass(frozen=True)
class Reading:
    """Shares of the deviance (they add up to 1 when there is any), breadth, and the shape read from the widths."""

    shape: Shape
    line_share: float
    place_share: float
    crossing_share: float
    zone_width: float  # share of the expected volume of the cluster's lines that lies in its zone
    branch_width: float  # share of the expected volume of the cluster's places that lies in its branch
    places_raised: float  # share of all places where the cluster's lines are above expectation
    lines_raised: float  # share of all lines above expectation in the cluster's places


def read_shape(problem: Problem, cluster: Cluster, steps: int) -> Reading:
    """Read one cluster of a scan over `steps` steps; for the Bernoulli statistics expectation is trials x rate."""
    skipped = steps - len(problem.cases)
    span = slice(cluster.first - skipped, cluster.last - skipped + 1)
    seen, mean = problem.cases[span].sum(axis=0), problem.mu[span].sum(axis=0)
    if problem.settings.statistic.kind >= 3:
        mean = mean * (problem.total / problem.mu.sum())
    used = np.flatnonzero(mean.sum(axis=1) > 0)
    branch = np.isin(used, problem.tree.branch[problem.tree.index(cluster.node)])
    zone = np.isin(np.arange(seen.shape[1]), cluster.places)
    seen, mean = seen[used], mean[used]
    noise = float(problem.branch_phi()[problem.tree.index(cluster.node)])
    line, place, crossing = shares(seen, mean, noise)
    widths = mean[branch][:, zone].sum() / np.array([mean[branch].sum(), mean[:, zone].sum()])
    return Reading(
        shape_of(widths[0] >= WIDE, widths[1] >= WIDE, (int(zone.sum()), int(branch.sum()))),
        line,
        place,
        crossing,
        float(widths[0]),
        float(widths[1]),
        _raised(seen[branch].sum(axis=0), mean[branch].sum(axis=0)),
        _raised(seen[:, zone].sum(axis=1), mean[:, zone].sum(axis=1)),
    )


def shape_of(zone_wide: bool, branch_wide: bool, size: tuple[int, int]) -> Shape:
    """The shape by the widths of zone and branch, and by the number of places and lines."""
    if zone_wide and branch_wide:
        return Shape.GENERAL if max(size) > 1 else Shape.SINGLE
    if zone_wide or branch_wide:
        return Shape.SYSTEMIC if zone_wide else Shape.REGIONAL
    return Shape.SINGLE if size == (1, 1) else Shape.CROSS


def _raised(seen: np.ndarray, mean: np.ndarray) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.mean(np.nan_to_num(seen / mean) > RAISED))


def shares(seen: np.ndarray, mean: np.ndarray, noise: float = 0.0) -> tuple[float, float, float]:
    """Line, place and crossing share of the deviance of seen (lines, places), `noise` per degree of freedom taken off."""
    level = seen.sum() / mean.sum() * mean
    by_line = _scaled(level, seen, 1)
    by_place = _scaled(level, seen, 0)
    both = by_line
    for _ in range(50):
        both = _scaled(_scaled(both, seen, 0), seen, 1)
    none, line, place, all_ = (_deviance(seen, m) for m in (level, by_line, by_place, both))
    of_line = ((none - line) + (place - all_)) / 2
    of_place = ((none - place) + (line - all_)) / 2
    free = np.array(seen.shape) - 1
    parts = np.maximum(0, np.array([of_line, of_place, all_]) - noise * np.array([*free, free.prod()]))
    whole = float(parts.sum())
    return tuple((parts / whole).tolist()) if whole > 1e-9 else (0.0, 0.0, 0.0)


def _scaled(mean: np.ndarray, seen: np.ndarray, axis: int) -> np.ndarray:
    sums = mean.sum(axis=axis, keepdims=True)
    return mean * np.divide(seen.sum(axis=axis, keepdims=True), sums, out=np.zeros_like(sums), where=sums > 0)


def _deviance(seen: np.ndarray, mean: np.ndarray) -> float:
    safe = np.where(mean > 0, mean, 1.0)
    return float(2 * (xlogy(seen, np.where(seen > 0, seen / safe, 1.0)) - (seen - mean)).sum())
