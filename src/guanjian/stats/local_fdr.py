"""How likely is this one honest? Local false-discovery rates with a null that the honest many draw themselves.

Efron, "Large-scale inference", 2010, chapters 5 and 6: thousands of honest z-values are never quite N(0, 1); their
centre and spread are read off the middle of the histogram, the density of all by Lindsey's Poisson regression.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.stats import norm

ENOUGH = 50  # z-values below which nobody's middle can be read off
MIDDLE = 1.5  # the middle: so many robust deviations around the median, where the few deviating ones hardly are
DEGREE = 7
BINS = 90


@dataclass(frozen=True)
class Null:
    """The honest many: centre, spread, and their share of all."""

    centre: float = 0.0
    spread: float = 1.0
    share: float = 1.0

    def lower_tail(self, z: np.ndarray) -> np.ndarray:
        """P(an honest z ≤ this one)."""
        return norm.cdf((z - self.centre) / self.spread)


def empirical_null(z: np.ndarray) -> Null:
    """The normal law that the middle of the z-values follows; N(0, 1) when they are too few.

    The spread is never taken below 1: colleagues who are more alike than chance allows prove nothing.
    """
    if z.size < ENOUGH:
        return Null()
    middle = np.median(z)
    robust = np.subtract(*np.quantile(z, [0.75, 0.25])) / 1.349
    low, high = middle - MIDDLE * robust, middle + MIDDLE * robust
    inside = z[(z >= low) & (z <= high)]

    def unlikely(given: np.ndarray) -> float:
        centre, spread = given[0], np.exp(given[1])
        room = norm.cdf((high - centre) / spread) - norm.cdf((low - centre) / spread)
        return -norm.logpdf(inside, centre, spread).sum() + inside.size * np.log(max(room, 1e-300))

    best = minimize(unlikely, [middle, np.log(max(robust, 1e-6))], method="Nelder-Mead").x
    centre, spread = float(best[0]), float(max(np.exp(best[1]), 1.0))
    room = norm.cdf((high - centre) / spread) - norm.cdf((low - centre) / spread)
    return Null(centre, spread, float(min(1.0, inside.size / z.size / room)))


def local_fdr(z: np.ndarray, null: Null) -> np.ndarray:
    """P(honest | z) for each z; 1 where they are too few to know the density of all."""
    if z.size < ENOUGH:
        return np.ones(z.size)
    edges = np.linspace(z.min() - 1e-9, z.max() + 1e-9, BINS + 1)
    counts, width = np.histogram(z, edges)[0], edges[1] - edges[0]
    at = (edges[1:] + edges[:-1]) / 2
    density = _lindsey(at, counts) / (z.size * width)
    f = np.interp(z, at, density)
    honest = null.share * norm.pdf(z, null.centre, null.spread)
    return np.minimum(honest / np.maximum(f, 1e-300), 1.0)


def _lindsey(at: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Counts smoothed by a Poisson regression on a polynomial (Chebyshev, for numbers that stay small)."""
    scaled = (2 * at - at[0] - at[-1]) / (at[-1] - at[0])
    basis = np.polynomial.chebyshev.chebvander(scaled, DEGREE)
    beta = np.linalg.lstsq(basis, np.log(counts + 0.5), rcond=None)[0]
    for _ in range(50):
        fitted = np.exp(np.clip(basis @ beta, -50, 50))
        curve = basis.T @ (basis * fitted[:, None]) + 1e-9 * np.eye(DEGREE + 1)
        step = np.linalg.solve(curve, basis.T @ (counts - fitted))
        beta = beta + np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-10:
            break
    return np.exp(np.clip(basis @ beta, -50, 50))
