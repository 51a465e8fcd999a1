"""What would chance have done? Replicates of a problem under its null, as sparse events.

An event is (cell, lane, number): so many cases in one cell of (T, L, P) of one replicate. A negative binomial with
Var = phi * mean is a Poisson number of clumps of logarithmic size, so the work follows the cases, not the cells.
"""

from __future__ import annotations

import numpy as np

from guanjian.stats.scan.problem import Problem
from guanjian.stats.scan.scores import Statistic

Events = tuple[np.ndarray, np.ndarray, np.ndarray]


def events(problem: Problem, rng: np.random.Generator, lanes: int) -> Events:
    """`lanes` replicates of the windows' part, given its expectation."""
    draw = {
        Statistic.NB_TAIL: _clumped,
        Statistic.POISSON_EB: _clumped,
        Statistic.POISSON_COND: _multinomial,
        Statistic.ST_PERMUTATION: _permuted,
        Statistic.BERNOULLI: _hypergeometric,
        Statistic.BERNOULLI_FIXED: _binomial,
    }[problem.settings.statistic]
    return draw(problem, rng, lanes)


def dense(problem: Problem, drawn: Events, lane: int = 0) -> np.ndarray:
    """One replicate as counts (T, L, P)."""
    cell, lanes, number = drawn
    mine = lanes == lane
    flat = np.bincount(cell[mine], number[mine], minlength=problem.cases.size)
    return flat.reshape(problem.cases.shape)


def _scattered(rng: np.random.Generator, weight: np.ndarray, per_lane: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """So many events per lane, thrown over the cells in proportion to their weight."""
    upto = weight.ravel().cumsum()
    cell = np.searchsorted(upto, rng.random(int(per_lane.sum())) * upto[-1], side="right")
    return np.minimum(cell, len(upto) - 1), np.repeat(np.arange(len(per_lane)), per_lane)


def _dealt(rng: np.random.Generator, weight: np.ndarray, lanes: int) -> tuple[np.ndarray, np.ndarray]:
    """Poisson numbers of events in every cell of every lane.

    Many lanes are drawn together, cell by cell, and dealt out evenly, which is the same and needs no search for cells.
    """
    if lanes == 1:
        return _scattered(rng, weight, rng.poisson(weight.sum(), lanes))
    cell = np.repeat(np.arange(weight.size), rng.poisson(lanes * weight.ravel()))
    return cell, rng.integers(lanes, size=len(cell))


def _clumped(problem: Problem, rng: np.random.Generator, lanes: int) -> Events:
    over = np.maximum(problem.phi - 1, 0)
    clumps = np.where(over > 1e-9, np.log1p(over) / np.maximum(over, 1e-9), 1.0)
    cell, lane = _dealt(rng, problem.mu * clumps[:, None], lanes)
    node = cell // problem.cases.shape[2] % problem.cases.shape[1]
    if not (over > 1e-9).any():
        return cell, lane, np.ones(len(cell), np.int64)
    return cell, lane, rng.logseries((over / (1 + over))[node])


def _multinomial(problem: Problem, rng: np.random.Generator, lanes: int) -> Events:
    cell, lane = _scattered(rng, problem.mu, np.full(lanes, round(problem.total)))
    return cell, lane, np.ones(len(cell), np.int64)


def _permuted(problem: Problem, rng: np.random.Generator, lanes: int) -> Events:
    each = np.repeat(np.arange(problem.cases.size), problem.cases.ravel().astype(int))
    per_step = problem.cases[0].size
    step = rng.permuted(np.tile(each // per_step, (lanes, 1)), axis=1)
    cell = step * per_step + each % per_step
    return cell.ravel(), np.repeat(np.arange(lanes), len(each)), np.ones(cell.size, np.int64)


def _hypergeometric(problem: Problem, rng: np.random.Generator, lanes: int) -> Events:
    trials = problem.mu.ravel().astype(np.int64)
    return _listed(rng.multivariate_hypergeometric(trials, round(problem.total), lanes, method="marginals"))


def _binomial(problem: Problem, rng: np.random.Generator, lanes: int) -> Events:
    trials = problem.mu.ravel().astype(np.int64)
    return _listed(rng.binomial(trials, problem.settings.chance, (lanes, trials.size)))


def _listed(table: np.ndarray) -> Events:
    lane, cell = np.nonzero(table)
    return cell, lane, table[lane, cell]
