"""Where is the strangest window, and how strange are the strangest of chance? The kernels, fed and read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from guanjian.stats.scan.draws import dense, events
from guanjian.stats.scan.kernel import INT16_MOST, UNROLL, lanes, sweep
from guanjian.stats.scan.problem import Problem
from guanjian.stats.scan.scores import Statistic, nb_thresholds, thresholds

GRID = 4096  # most cells of the threshold grid
LEVELS = 2.0  # levels of critical counts per unit of score
MOST = 40  # the highest level; a window of a higher one is scored exactly
PHIS = 20  # dispersions of one table per unit
PILOT = 3  # replicates read window by window to place the cut
LANES = 1024  # most replicates read side by side: their sums stay in the second cache
FEW = 3_000_000  # windows that are all scored exactly


@dataclass(frozen=True)
class Found:
    """Best window per branch and row of zones, arrays (N, R); `score` 0 where nothing reached the cut."""

    score: np.ndarray
    stop: np.ndarray
    end: np.ndarray
    span: np.ndarray


def windows_in(problem: Problem) -> int:
    """How many windows are looked at."""
    ends, least, most = problem.windows
    spans = int(np.maximum(0, np.minimum(most, ends + 1) - least + 1).sum())
    return spans * len(problem.tree.names) * int(problem.zones.stop.sum())


def _law(problem: Problem, cut: float) -> tuple:
    """What the kernels compute and from which count on: (kind, phi, whole, bars).

    bars = (critical counts (kinds, levels, cells), which kind each node has, (scale, cut, levels per unit of score),
    what each branch and window is lessened by).
    """
    phi, kind, least = problem.branch_phi(), problem.settings.statistic.kind, problem.settings.min_cases
    whole, one = (problem.total, problem.size), np.zeros(len(phi), np.int64)
    if cut <= 0:
        return kind, phi, whole, (np.full((1, 1, 1), least, np.int32), one, (1.0, 0.0, 0.0), problem.rivals)
    most = 2.0 ** math.ceil(math.log2(problem.mu.sum() + 1))
    scale = min(32.0, GRID / math.sqrt(most))
    grid = (scale, int(scale * math.sqrt(most)) + 2)
    if problem.settings.statistic is Statistic.NB_TAIL:
        known, which = np.unique(np.floor(phi * PHIS + 1e-9) / PHIS, return_inverse=True)
        exact = np.array_equal(np.round(known[which], 9), np.round(phi, 9))
        return (
            kind,
            phi,
            whole,
            (_levels(tuple(known), exact, least, grid), which, (scale, cut, LEVELS), problem.rivals),
        )
    rounded = max(math.floor(cut * 4) / 4, min(cut, 0.25))  # cuts of replicates fall together, so tables are shared
    used = (problem.total if kind % 2 else 0.0, problem.size if kind >= Statistic.BERNOULLI.kind else 0.0)
    return kind, phi, whole, (_table(kind, rounded, used, (least, grid)), one, (scale, 0.0, 0.0), problem.rivals)


@lru_cache(maxsize=64)
def _table(kind: int, cut: float, whole: tuple[float, float], bounds: tuple) -> np.ndarray:
    least, grid = bounds
    return np.maximum(thresholds(kind, cut, whole, grid), least)[None, None]


@lru_cache(maxsize=64)
def _levels(known: tuple[float, ...], exact: bool, least: int, grid: tuple) -> np.ndarray:
    """Critical counts (kinds, levels, cells), too high for no dispersion from a known one to the next."""
    tables = [np.minimum(_level(p, grid), _level(p if exact else p + 1 / PHIS, grid)) for p in known]
    return np.maximum(np.stack(tables), least)


@lru_cache(maxsize=256)
def _level(phi: float, grid: tuple) -> np.ndarray:
    return nb_thresholds(round(phi, 9), np.arange(MOST * LEVELS) / LEVELS, grid)


def search(problem: Problem, counts: np.ndarray | None = None, cut: float | None = None) -> Found:
    """The best windows of the data, or of other counts over the same windows."""
    zones = problem.zones
    shape = (len(problem.tree.names), len(zones.order))
    found = Found(np.zeros(shape), *(np.zeros(shape, np.int32) for _ in range(3)))
    if cut is None:
        cut = 0.0 if windows_in(problem) < FEW or (problem.cases % 1).any() else 3.0
    sweep(
        problem.cases if counts is None else counts,
        problem.mu,
        (problem.windows, (problem.tree.start, problem.tree.members), (zones.order, zones.stop, zones.length)),
        _law(problem, cut),
        (found.score, found.stop, found.end, found.span),
    )
    return found


def highest(problem: Problem, counts: np.ndarray, cut: float) -> float:
    """The highest score of one replicate; the cut is lowered until something reaches it.

    What was met below the cut is not taken: a window beside it may be higher and have been passed over.
    """
    for lower in (cut, cut / 2):
        best = search(problem, counts, lower).score.max()
        if best >= lower > 0:
            return float(best)
    return float(search(problem, counts, 0.0).score.max())


def maxima(problem: Problem, replicates: int, seed: int) -> np.ndarray:
    """Highest scores of `replicates` data sets of chance; with an estimated baseline each is estimated again."""
    rng = np.random.default_rng(seed)
    by_lanes = problem.history is None and fullest(problem) * 2 + 1000 < INT16_MOST
    tops = _one_by_one(problem, rng, min(PILOT, replicates) if by_lanes else replicates)
    while len(tops) < replicates:
        many = min(LANES, replicates - len(tops), max(1, int(2e7 / (problem.total + 1))))
        tops = np.concatenate([tops, _in_lanes(problem, rng, many, 0.6 * tops.min())])
        _tell(problem, len(tops), replicates)
    return tops


def fullest(problem: Problem) -> float:
    """The most cases that a zone can be expected to hold: what a lane has to have room for, twice and more."""
    held = np.append(problem.mu.sum(axis=(0, 1)), 0.0)  # the last for the places that pad a row
    return min(problem.total, float(held[problem.zones.order].sum(axis=1).max()))


def _tell(problem: Problem, done: int, of: int) -> None:
    if problem.settings.progress:
        problem.settings.progress(done, of)


def _one_by_one(problem: Problem, rng: np.random.Generator, many: int) -> np.ndarray:
    tops = np.zeros(many)
    for i in range(many):
        drawn = dense(problem, events(problem, rng, 1))
        posed = problem
        if problem.history is not None:
            posed = problem.with_mu(problem.history.redrawn(rng).rate * problem.history.ahead)
        cut = 0.8 * tops[:i].min() if i else 4.0
        tops[i] = highest(posed, drawn, cut if windows_in(problem) > 20_000 else 0.0)
        _tell(problem, i + 1, problem.settings.replicates)
    return tops


def _in_lanes(problem: Problem, rng: np.random.Generator, many: int, cut: float) -> np.ndarray:
    cell, lane, number = events(problem, rng, many)
    tops = np.zeros(many)
    for lower in (cut, 0.7 * cut, 0.4 * cut, 0.0):
        left = np.flatnonzero(tops == 0)
        if not len(left):
            break
        place = np.full(many, -1)
        place[left] = np.arange(len(left))
        kept = place[lane] >= 0
        found = _run_lanes(problem, (cell[kept], place[lane[kept]], number[kept]), len(left), lower)
        tops[left] = np.where(found >= lower, found, 0.0)  # below the cut a higher one may have been passed over
    return tops


def _run_lanes(problem: Problem, drawn: tuple, many: int, cut: float) -> np.ndarray:
    cell, lane, number = drawn
    _, nodes, places = problem.cases.shape
    order = np.argsort(cell // places, kind="stable")
    first = np.searchsorted((cell // places)[order], np.arange(problem.cases.shape[0] * nodes + 1))
    best = np.zeros(many)
    lanes(
        ((cell % places)[order].astype(np.int32), lane[order].astype(np.int32), number[order].astype(np.int16), first),
        problem.mu,
        (problem.windows, (problem.tree.start, problem.tree.members), _padded(problem)),
        _law(problem, cut),
        best,
    )
    return best


def _padded(problem: Problem) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows filled up with an empty place to a whole number of passes."""
    zones = problem.zones
    extra = -zones.order.shape[1] % UNROLL
    order = np.pad(
        np.where(zones.order < 0, zones.places, zones.order), ((0, 0), (0, extra)), constant_values=zones.places
    )
    return order.astype(np.int32), np.pad(zones.stop, ((0, 0), (0, extra))), zones.length
