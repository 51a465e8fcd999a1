"""Do first digits follow Benford's law? Exact for small samples, with the sampling law of each measure for large."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln
from scipy.stats import chi2

LAW = np.log10(1 + 1 / np.arange(1, 10))
FREEDOM = 8
MAD_AT_ONE = 0.23485  # expected mean absolute deviation × √n under the law: a fixed cut-off is invalid for small n
ENUMERABLE = 25  # C(33, 8) = 13,884,156 ways to spread 25 values over nine digits


def chi_square(digits: np.ndarray) -> np.ndarray:
    """Pearson's χ² of counts of the digits 1 to 9 (last axis) against the law."""
    expected = digits.sum(-1, keepdims=True) * LAW
    return ((digits - expected) ** 2 / expected).sum(-1)


def g_statistic(digits: np.ndarray) -> np.ndarray:
    """The likelihood-ratio statistic G of counts of the digits 1 to 9 (last axis)."""
    expected = digits.sum(-1, keepdims=True) * LAW
    ratio = np.divide(digits, expected, out=np.ones(np.shape(digits)), where=np.asarray(digits) > 0)
    return 2 * (digits * np.log(ratio)).sum(-1)


def mean_absolute_deviation(digits: np.ndarray) -> np.ndarray:
    """Mean absolute deviation of the digits' shares from the law."""
    return np.abs(digits / digits.sum(-1, keepdims=True) - LAW).mean(-1)


def expected_deviation(n: np.ndarray) -> np.ndarray:
    """The mean absolute deviation that honest digits show in a sample of n."""
    return MAD_AT_ONE / np.sqrt(n)


def exact_p(digits: np.ndarray) -> tuple[float, int]:
    """P(G ≥ the observed G) over every way in which n values can fall on nine digits, and the number of ways."""
    digits = np.asarray(digits)
    n = int(digits.sum())
    if n > ENUMERABLE:
        raise ValueError(f"{n} values: too many to enumerate, use asymptotic_p")
    left, log_p, g = np.array([n]), np.array([gammaln(n + 1)]), np.zeros(1)
    for digit in range(9):
        parent, count = _choices(left) if digit < 8 else (np.arange(left.size), left)
        expected = n * LAW[digit]
        g = g[parent] + 2 * count * np.log(np.maximum(count, 1) / expected) * (count > 0)
        log_p = log_p[parent] + count * np.log(LAW[digit]) - gammaln(count + 1)
        left = left[parent] - count
    return float(np.exp(log_p[g >= g_statistic(digits) - 1e-9]).sum()), int(left.size)


def _choices(left: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    ways = left + 1
    parent = np.repeat(np.arange(left.size), ways)
    first = np.repeat(np.cumsum(ways) - ways, ways)
    return parent, np.arange(parent.size) - first


def asymptotic_p(statistic: np.ndarray, widened: np.ndarray | float = 1.0) -> np.ndarray:
    """P(χ² with eight degrees ≥ statistic ÷ widened)."""
    return np.clip(chi2.sf(np.asarray(statistic) / widened, FREEDOM), 1e-300, 1.0)


def significand(values: np.ndarray) -> np.ndarray:
    """The number from 1 up to 10 that a positive value is a power of ten of."""
    values = np.asarray(values, float)
    return values / 10 ** np.floor(np.log10(values))


def kolmogorov_smirnov(values: np.ndarray) -> float:
    """The largest distance of the significands' distribution from the law's log10."""
    found = np.sort(np.log10(significand(values)))
    steps = np.arange(found.size + 1) / found.size
    return float(max((steps[1:] - found).max(), (found - steps[:-1]).max()))


def sum_invariance(values: np.ndarray) -> float:
    """The largest standardised difference of the digits' mean significand sums: under the law all are equal.

    Barabesi, Cerasa, Cerioli, Perrotta, "On characterizations and tests of Benford's law", JASA 2022: with S the
    significand, E[S·1(first digit d)] = log10(e) for every d, and Var = log10(e)·(d + 1/2) − log10(e)².
    """
    s = significand(values)
    digit = np.clip(s.astype(int), 1, 9)
    sums = np.bincount(digit, weights=s, minlength=10)[1:] / s.size
    unit = np.log10(np.e)
    spread = np.sqrt((unit * (np.arange(1, 10) + 0.5) - unit**2) / s.size)
    return float(np.abs((sums - unit) / spread).max())
