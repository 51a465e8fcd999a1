"""What does a scan compute, said slowly? Every window by its definition; the kernels must equal this."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from scipy.special import betainc, gammainc

from guanjian.stats.scan.problem import Problem
from guanjian.stats.scan.scores import Statistic


def windows(problem: Problem, counts: np.ndarray) -> Iterator[tuple[int, int, int, int, int, float, float]]:
    """Branch, row, stop, last step, span, cases and expectation of every window."""
    ends, least, most = problem.windows
    for node, branch in enumerate(problem.tree.branch):
        for row, stop in zip(*np.nonzero(problem.zones.stop), strict=True):
            members = problem.zones.members(row, stop)
            for end, shortest in zip(ends, least, strict=True):
                for span in range(shortest, min(most, end + 1) + 1):
                    steps = slice(end - span + 1, end + 1)
                    c, mu = (cube[steps, branch][..., members].sum() for cube in (counts, problem.mu))
                    yield node, row, stop, end, span, c, mu


def value(problem: Problem, c: float, mu: float, phi: float) -> float:
    """The statistic from textbook distributions and likelihoods."""
    kind, total, size = problem.settings.statistic, problem.total, problem.size
    if kind is Statistic.NB_TAIL:
        tail = gammainc(c, mu) if phi <= 1 + 1e-9 else betainc(c, mu / (phi - 1), 1 - 1 / phi)
        return -math.log(tail) if c > mu else 0.0
    if kind is Statistic.POISSON_EB:
        return xlogy(c, c / mu) + mu - c if c > mu else 0.0
    if kind is Statistic.BERNOULLI_FIXED:
        return _binomial(c, mu, c / mu) - _binomial(c, mu, size) if c > mu * size else 0.0
    if kind is Statistic.BERNOULLI:
        if mu >= size or c * size <= total * mu:
            return 0.0
        rest, others = size - mu, total - c
        apart = _binomial(c, mu, c / mu) + _binomial(others, rest, others / rest)
        return apart - _binomial(total, size, total / size)
    return xlogy(c, c / mu) + xlogy(total - c, (total - c) / (total - mu)) if mu < c and mu < total else 0.0


def xlogy(x: float, y: float) -> float:
    """x log y, 0 where x is 0."""
    return x * math.log(y) if x > 0 else 0.0


def _binomial(c: float, n: float, p: float) -> float:
    return xlogy(c, p) + xlogy(n - c, 1 - p)


def maximum(problem: Problem, counts: np.ndarray | None = None) -> float:
    """The highest score over all windows, each less the logarithm of how many of its size there are."""
    phi, top = problem.branch_phi(), 0.0
    by_size = problem.settings.by_size and problem.settings.statistic is Statistic.NB_TAIL
    for node, _, stop, _, span, c, mu in windows(problem, problem.cases if counts is None else counts):
        if c >= problem.settings.min_cases:
            fit = len(phi) * problem.zones.places * problem.settings.window
            size = len(problem.tree.branch[node]) * (stop + 1) * span
            less = math.log(fit / size) if by_size else 0.0
            top = max(top, value(problem, c, mu, phi[node]) - less)
    return float(top)
