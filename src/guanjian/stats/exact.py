"""Tails without a normal law: exact where the sum is small, matched on mean and variance where it is large."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln
from scipy.stats import beta, nbinom, poisson

SMALLEST = 1e-300  # what is printed instead of a zero: no finite sample shows a probability of nothing


def upper_tail(observed: np.ndarray, expected: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """P(X ≥ observed) for a count of this mean and variance.

    Below the mean the variance is a binomial's (p = 1 − V/E, N = E/p, N need not be whole); equal, a Poisson's; above,
    a negative binomial's. The normal tail is anti-conservative here: the sums are skewed to the right.
    """
    observed, expected, variance = np.broadcast_arrays(*(np.asarray(x, float) for x in (observed, expected, variance)))
    ratio = np.divide(variance, expected, out=np.ones_like(expected), where=expected > 0)
    tail = np.array(poisson.sf(observed - 1, expected))  # of any shape, also of none
    thin, wide = ratio < 1 - 1e-9, ratio > 1 + 1e-9
    share = 1 - ratio[thin]
    size = expected[thin] / share
    # beyond the N of the matched binomial nothing is possible: the largest possible tail stands for it
    tail[thin] = beta.cdf(share, np.maximum(observed[thin], 1e-12), np.maximum(size - observed[thin] + 1, 1.0))
    stay = 1 / ratio[wide]
    tail[wide] = nbinom.sf(observed[wide] - 1, expected[wide] * stay / (1 - stay), stay)
    return np.clip(np.where(observed <= 0, 1.0, tail), SMALLEST, 1.0)


def cell_sums(whole: np.ndarray, marked: np.ndarray, drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance, cell by cell, of how many of `marked` come among `drawn` of `whole` (hypergeometric)."""
    mean = marked * drawn / whole
    spread = marked * (whole - marked) / np.maximum(whole * whole * (whole - 1.0), 1.0)
    return mean, spread * drawn * (whole - drawn)


def exact_upper_tail(observed: int, whole: np.ndarray, marked: np.ndarray, drawn: np.ndarray) -> float:
    """P(sum over cells ≥ observed) for independent hypergeometric cells: the law of every shuffle inside the cells."""
    law = np.ones(1)
    for n, b, i in zip(whole.tolist(), marked.tolist(), drawn.tolist(), strict=True):
        low, high = max(0, b + i - n), min(b, i)
        ways = np.arange(low, high + 1)
        log_p = _choose(b, ways) + _choose(n - b, i - ways) - _choose(n, i)
        cell = np.zeros(high + 1)
        cell[low:] = np.exp(log_p)
        law = np.convolve(law, cell)
    return float(min(1.0, max(law[max(int(observed), 0) :].sum(), SMALLEST)))


def drawn_tail(observed: np.ndarray, whole: np.ndarray, marked: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """P(X ≥ observed, rounded up) for hypergeometric X; 1 where no more than the mean was seen.

    Beyond the mean each term is smaller than the one before it, so that the sum ends soon.
    """
    x = np.ceil(np.asarray(observed, float) - 1e-9)
    n, b, i = (np.asarray(each, float) for each in (whole, marked, drawn))
    tail = np.where(x > np.minimum(b, i), SMALLEST, 1.0)
    rows = np.flatnonzero((x > b * i / n) & (x <= np.minimum(b, i)))
    x, n, b, i = x[rows], n[rows], b[rows], i[rows]
    first = np.exp(_choose(b, x) + _choose(n - b, i - x) - _choose(n, i))
    term, total = np.ones(len(rows)), np.ones(len(rows))
    while (term > 1e-13 * total).any():
        term = term * np.maximum(b - x, 0) * np.maximum(i - x, 0) / ((x + 1) * (n - b - i + x + 1))
        total, x = total + term, x + 1
    tail[rows] = np.clip(first * total, SMALLEST, 1.0)
    return tail


def _choose(n: np.ndarray | float, k: np.ndarray | float) -> np.ndarray:
    return gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0)


def share_interval(count: np.ndarray, of: np.ndarray, confidence: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Clopper and Pearson's interval for a share."""
    count, of = np.asarray(count, float), np.asarray(of, float)
    miss = (1 - confidence) / 2
    low = np.where(count > 0, beta.ppf(miss, np.maximum(count, 1e-9), of - count + 1), 0.0)
    high = np.where(count < of, beta.ppf(1 - miss, count + 1, np.maximum(of - count, 1e-9)), 1.0)
    return low, high
