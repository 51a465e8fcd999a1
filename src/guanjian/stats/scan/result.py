"""What did the scan find? Clusters, each with its figures and the chance of one as strange, and how sure that is."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import numpy as np

from guanjian.stats.scan.problem import Problem
from guanjian.stats.scan.scores import Statistic, score
from guanjian.stats.scan.search import Found


@dataclass(frozen=True)
class Cluster:
    """Places and node as indices; steps `first`..`last` of the data given; `statistic` is what was ranked.

    `llr` is the log likelihood ratio: the statistic itself, but for `nb_tail` the quasi-Poisson one, divided by phi.
    `recurrence` is how many runs pass between two such findings by chance, 1 / p.
    """

    places: tuple[int, ...]
    node: str
    first: int
    last: int
    observed: float
    expected: float
    relative_risk: float
    statistic: float
    llr: float
    p: float | None = None
    gumbel_p: float | None = None
    recurrence: float | None = None

    def as_dict(self) -> dict:
        """Plain values, for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class ScanResult:
    """`clusters` strongest first; `maxima` of chance, sorted; `windows` looked at; what stands in the way of trust."""

    clusters: tuple[Cluster, ...]
    maxima: np.ndarray
    windows: int
    problem: Problem

    @property
    def too_short(self) -> bool:
        """History too short: no chance is drawn and no p given, for the error rate could not be promised."""
        return self.problem.history is not None and self.problem.history.too_short


def gumbel_tail(value: float, maxima: np.ndarray) -> float | None:
    """P(maximum >= value) under a Gumbel fitted by moments to the maxima of chance (Abrams et al. 2010)."""
    if len(maxima) < 20 or maxima.std() <= 0:
        return None
    scale = maxima.std(ddof=1) * math.sqrt(6) / math.pi
    z = (value - maxima.mean()) / scale + np.euler_gamma
    return float(-math.expm1(-math.exp(-z))) if z > -6 else 1.0


def clusters_of(problem: Problem, found: Found, maxima: np.ndarray, steps: int, apart: bool = True) -> list[Cluster]:
    """The best window of every centre and branch, strongest first.

    `apart`: one that shares a place and a node with a stronger one is left out (SaTScan's "no geographical overlap");
    otherwise every branch is shown once, a parent whose figures are a child's own left out (TreeScan).
    """
    kept: list[Cluster] = []
    taken: list[tuple[set[int], set[int]]] = []
    shown: set[tuple[float, float, float]] = set()
    order = np.argsort(-np.round(found.score, 9), axis=None, kind="stable")
    for node, row in zip(*np.unravel_index(order, found.score.shape), strict=True):
        if found.score[node, row] <= 0 or len(kept) >= 100:
            break
        cells = (
            set(problem.zones.members(row, found.stop[node, row]).tolist()),
            set(problem.tree.branch[node].tolist()),
        )
        if apart and any(cells[0] & p and cells[1] & n for p, n in taken):
            continue
        cluster = _cluster(problem, found, (int(node), int(row)), maxima, steps)
        same = (round(cluster.statistic, 9), cluster.observed, round(cluster.expected, 9))
        if not apart and same in shown:
            continue
        shown.add(same)
        taken.append(cells)
        kept.append(cluster)
    return kept


def _cluster(problem: Problem, found: Found, at: tuple[int, int], maxima: np.ndarray, steps: int) -> Cluster:
    node, row = at
    places = problem.zones.members(row, found.stop[at])
    end, span = int(found.end[at]), int(found.span[at])
    where = np.ix_(range(end - span + 1, end + 1), problem.tree.branch[node], places)
    c, mu = float(problem.cases[where].sum()), float(problem.mu[where].sum())
    expected, risk = _risk(problem, c, mu)
    value = float(found.score[at])
    p = (1 + int((maxima >= value - 1e-9).sum())) / (len(maxima) + 1) if len(maxima) else None
    skipped = steps - len(problem.cases)
    return Cluster(
        places=tuple(places.tolist()),
        node=problem.tree.names[node],
        first=skipped + end - span + 1,
        last=skipped + end,
        observed=c,
        expected=expected,
        relative_risk=risk,
        statistic=value,
        llr=_llr(problem, node, (c, mu, value)),
        p=p,
        gumbel_p=gumbel_tail(value, maxima),
        recurrence=1 / p if p else None,
    )


def _risk(problem: Problem, c: float, mu: float) -> tuple[float, float]:
    kind, total = problem.settings.statistic, problem.total
    if kind in (Statistic.BERNOULLI, Statistic.BERNOULLI_FIXED):
        mu *= total / problem.mu.sum() if kind is Statistic.BERNOULLI else problem.size
    if kind in (Statistic.NB_TAIL, Statistic.POISSON_EB, Statistic.BERNOULLI_FIXED) or total <= c or total <= mu:
        return mu, c / mu if mu > 0 else math.inf
    return mu, (c / mu) / ((total - c) / (total - mu))


def _llr(problem: Problem, node: int, window: tuple[float, float, float]) -> float:
    c, mu, value = window
    if problem.settings.statistic is not Statistic.NB_TAIL:
        return value
    return score(Statistic.POISSON_EB.kind, c, mu, 1.0, (0.0, 0.0)) / problem.branch_phi()[node]
