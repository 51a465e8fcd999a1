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

WEEKS, DISTRICTS, LEAVES, A_WEEK = 12, 42, 40, 192.0
SIGNALS = {"systemic": (3, 42, 1.6), "regional": (40, 4, 1.6), "cross": (3, 4, 3.0)}
GROUPS = 16  # of lines, the first eight with three each
TRIPLES = np.array([[leaf % GROUPS == g for leaf in range(LEAVES)] for g in range(8)])


def best_power(phi: float, even: bool, runs: int, alpha: float = 0.05) -> dict[str, float]:
    """Power per signal at `alpha`, over `runs` quiet and `runs` struck worlds each."""
    told: dict[str, tuple[list[float], list[float]]] = {signal: ([], []) for signal in SIGNALS}
    for seed in range(runs):
        rng = np.random.default_rng((seed, round(phi * 10), even))
        mean, near = _world(rng, even)
        for signal, struck in ((s, k) for s in SIGNALS for k in (False, True)):
            told[signal][struck].append(_ratio(rng, phi, (mean, near), (signal, struck)))
    return {s: float(np.mean(np.array(hit) > np.quantile(quiet, 1 - alpha))) for s, (quiet, hit) in told.items()}


def _world(rng: np.random.Generator, even: bool) -> tuple[np.ndarray, np.ndarray]:
    """Weekly means (lines, districts), and the four districts nearest to each."""
    points = rng.random((DISTRICTS, 2))
    near = np.argsort(((points[:, None] - points) ** 2).sum(axis=-1), axis=1)[:, :4]
    size = [np.ones(n) if even else rng.gamma(2.0, 1.0, n) for n in (LEAVES, DISTRICTS)]
    rate = np.outer(*size)
    return rate * A_WEEK / rate.sum(), near


def _ratio(rng: np.random.Generator, phi: float, world: tuple, kind: tuple[str, bool]) -> float:
    """Logarithm of the mean likelihood ratio over the places where the signal may lie."""
    (mean, near), (signal, struck) = world, kind
    lines, places, risk = SIGNALS[signal]
    true = np.repeat(mean[None], WEEKS // 2, axis=0)
    rows = TRIPLES if lines < LEAVES else np.ones((1, LEAVES), bool)
    zones = np.zeros((DISTRICTS, DISTRICTS), bool)
    np.put_along_axis(zones, near, True, axis=1)
    zones = zones if places < DISTRICTS else np.ones((1, DISTRICTS), bool)
    shape = true / (phi - 1)
    if struck:
        where = np.outer(rows[rng.integers(len(rows))], zones[rng.integers(len(zones))])
        true = np.where(where, true * risk, true)
    seen = rng.poisson(rng.gamma(true / (phi - 1), phi - 1))
    more = shape * risk
    ratio = gammaln(seen + more) - gammaln(more) - gammaln(seen + shape) + gammaln(shape) - (more - shape) * np.log(phi)
    return float(logsumexp(rows @ ratio.sum(axis=0) @ zones.T))
