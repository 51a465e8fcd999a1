"""What is the most that any test could see? The power of the best one, which knows all but where the signal is.

It is given the weekly expectation of every cell, the dispersion, the weeks, the size and the relative risk of the
signal, and that it lies in one of 8 groups of three lines and round one of 42 districts (for a systemic signal the group
alone is unknown, for a regional one the district alone). Where the signal is drawn at random, the mean of the
likelihood ratios over those places has the greatest average power of all tests (Neyman & Pearson), so a scan, which
knows none of this, stays below it.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln, logsumexp

from tests.speed.scan_worlds import A_WEEK, DISTRICTS, GROUPS, LEAVES, SIGNALS, WEEKS

AIMED = ("systemic", "regional", "cross")
TRIPLES = np.array([[leaf % GROUPS == g for leaf in range(LEAVES)] for g in range(8)])


def best_power(phi: float, volumes: str, runs: int, alpha: float = 0.05) -> dict[str, float]:
    """Power per signal at `alpha`, over `runs` quiet and `runs` struck worlds each."""
    told: dict[str, tuple[list[float], list[float]]] = {signal: ([], []) for signal in AIMED}
    for seed in range(runs):
        rng = np.random.default_rng((seed, round(phi * 10), volumes == "even"))
        world = _world(rng, volumes)
        for signal, struck in ((s, k) for s in AIMED for k in (False, True)):
            told[signal][struck].append(_ratio(rng, phi, world, (signal, struck)))
    return {s: float(np.mean(np.array(hit) > np.quantile(quiet, 1 - alpha))) for s, (quiet, hit) in told.items()}


def _world(rng: np.random.Generator, volumes: str) -> tuple[np.ndarray, np.ndarray, bool]:
    """Weekly means (lines, districts), the four districts nearest to each, and whether a signal lies where most cases are."""
    points = rng.random((DISTRICTS, 2))
    near = np.argsort(((points[:, None] - points) ** 2).sum(axis=-1), axis=1)[:, :4]
    size = [np.ones(n) if volumes == "even" else rng.gamma(2.0, 1.0, n) for n in (LEAVES, DISTRICTS)]
    rate = np.outer(*size)
    return rate * A_WEEK / rate.sum(), near, volumes == "busiest"


def _ratio(rng: np.random.Generator, phi: float, world: tuple, kind: tuple[str, bool]) -> float:
    """Logarithm of the mean likelihood ratio over the places where the signal may lie."""
    (mean, near, busiest), (signal, struck) = world, kind
    lines, near_by, risk = SIGNALS[signal]
    true = np.repeat(mean[None], WEEKS // 2, axis=0)
    rows = TRIPLES if lines < LEAVES else np.ones((1, LEAVES), bool)
    zones = np.zeros((DISTRICTS, DISTRICTS), bool)
    np.put_along_axis(zones, near, True, axis=1)
    zones = zones if near_by else np.ones((1, DISTRICTS), bool)
    shape = true / (phi - 1)
    if struck:
        held = [(rows @ mean.sum(axis=1)).argmax(), (zones @ mean.sum(axis=0)).argmax()]
        at = held if busiest else [rng.integers(len(rows)), rng.integers(len(zones))]
        where = np.outer(rows[at[0]], zones[at[1]])
        true = np.where(where, true * risk, true)
    seen = rng.poisson(rng.gamma(true / (phi - 1), phi - 1))
    more = shape * risk
    ratio = gammaln(seen + more) - gammaln(more) - gammaln(seen + shape) + gammaln(shape) - (more - shape) * np.log(phi)
    return float(logsumexp(rows @ ratio.sum(axis=0) @ zones.T))
