"""The scan itself: a problem is posed, searched, compared with chance, and answered."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from guanjian.kernel.errors import BadInput
from guanjian.stats.scan.draws import dense, events
from guanjian.stats.scan.problem import Problem, Settings, pose
from guanjian.stats.scan.result import ScanResult, clusters_of
from guanjian.stats.scan.scores import Statistic
from guanjian.stats.scan.search import maxima, search, windows_in
from guanjian.stats.scan.tree import Tree
from guanjian.stats.scan.zones import Zones, whole


def scan(
    cases: np.ndarray,
    zones: Zones,
    exposure: np.ndarray | None = None,
    tree: Tree | None = None,
    settings: Settings | None = None,
) -> ScanResult:
    """Scan every zone x branch x window for more cases than normal.

    cases: counts, shape (P,) places, (T, P) steps x places, or (T, L, P) steps x nodes of `tree` x places; the last
    step is now. exposure: same or spreading shape: population or work volume; for `bernoulli` the trials, for
    `poisson_eb` with baseline="given" the expected counts themselves. zones: see `zones`, e.g. `circles(points)`.

    Raises BadInput in one sentence when shapes, values or settings do not fit.

    >>> from guanjian.stats.scan import Settings, circles, scan
    >>> found = scan(cases, circles(lonlat, geographic=True), population, settings=Settings("poisson_cond"))
    >>> found.clusters[0].places, found.clusters[0].llr, found.clusters[0].p
    """
    how = settings or Settings()
    problem = pose(cases, zones, exposure, tree, how)
    steps = 1 if np.ndim(cases) == 1 else len(cases)
    return _answer(problem, steps, True)


def tree_scan(
    cases: np.ndarray,
    tree: Tree,
    exposure: np.ndarray | None = None,
    settings: Settings | None = None,
) -> ScanResult:
    """Scan the branches of a tree, and windows of time if cases are (T, L) rather than (L,).

    `poisson_cond` with exposure (L,) or (T, L); `bernoulli` with trials; `st_permutation` is the tree-temporal scan
    conditioned on node and time. Every branch is reported with its best window (TreeScan, Kulldorff et al. 2003).
    """
    x = np.asarray(cases, float)
    if x.ndim not in (1, 2):
        raise BadInput("树扫描的案件须为（节点）或（期，节点）。", "A tree scan takes cases as (L,) or (T, L).")
    e = None if exposure is None else np.asarray(exposure, float).reshape(-1, x.shape[-1], 1)
    problem = pose(x.reshape(-1, x.shape[-1], 1), whole(1), e, tree, settings or Settings(Statistic.POISSON_COND))
    return _answer(problem, len(problem.cases), False)


def temporal_scan(
    cases: np.ndarray, settings: Settings | None = None, exposure: np.ndarray | None = None
) -> ScanResult:
    """Scan one series (T,) for the window with the most excess."""
    x = np.asarray(cases, float)
    e = None if exposure is None else np.asarray(exposure, float)[:, None, None]
    how = settings or Settings(Statistic.POISSON_COND, alive=False)
    flat = np.ones(x[:, None, None].shape) if e is None else e
    return _answer(pose(x[:, None, None], whole(1), flat, None, how), len(x), True)


def _answer(problem: Problem, steps: int, apart: bool) -> ScanResult:
    if problem.total == 0:
        return ScanResult((), np.zeros(0), windows_in(problem), problem)
    how = problem.settings
    short = problem.history is not None and problem.history.too_short
    tops = maxima(_whole_numbers(problem), 0 if short else how.replicates, how.seed)
    found = clusters_of(problem, search(problem), tops, steps, apart)
    return ScanResult(tuple(found), np.sort(tops), windows_in(problem), problem)


def _whole_numbers(problem: Problem) -> Problem:
    """Chance draws whole cases: fractional ones (shared between places) are rounded in their total."""
    if not (problem.cases % 1).any():
        return problem
    rounded = problem.with_mu(problem.mu * (round(problem.total) / problem.total))
    return replace(rounded, cases=dense(rounded, events(rounded, np.random.default_rng(0), 1)))
