"""Does a risk feed itself from unit to unit? The contagion index, and Moran's I for whether neighbours are alike.

Sources: Held, Höhle & Hofmann 2005 and Paul, Held & Toschke 2008 (endemic-epidemic model); Moran 1950.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from guanjian.kernel.errors import BadInput


@dataclass(frozen=True)
class Contagion:
    """mean[i, t] = own * y[i, t-1] + spread * sum_j w[j, i] y[j, t-1] + endemic[i]; index >= 1: spread feeds itself."""

    own: float
    spread: float
    endemic: np.ndarray
    index: float
    low: float | None = None
    high: float | None = None


def contagion(counts: np.ndarray, weights: np.ndarray, draws: int = 0, seed: int = 0) -> Contagion:
    """Fit counts (T, N) with weights (N, N), w[j, i] how much of j reaches i; `draws` > 0 adds a bootstrap 95 % range."""
    y, w = np.asarray(counts, float), np.asarray(weights, float)
    if y.ndim != 2 or len(y) < 3 or w.shape != (y.shape[1],) * 2 or (w < 0).any() or (y < 0).any():
        raise BadInput(
            "需要（期，单位）的非负计数和（单位，单位）的非负权重。", "Counts (T, N) and weights (N, N), not below 0."
        )
    fitted = _fit(y, w)
    if not draws:
        return fitted
    rng = np.random.default_rng(seed)
    again = [_fit(_simulated(fitted, y, w, rng), w).index for _ in range(draws)]
    low, high = np.quantile(again, [0.025, 0.975])
    return Contagion(fitted.own, fitted.spread, fitted.endemic, fitted.index, float(low), float(high))


def radius(own: float, spread: float, weights: np.ndarray) -> float:
    """Spectral radius of own * I + spread * W'."""
    return float(np.abs(np.linalg.eigvals(own * np.eye(len(weights)) + spread * np.asarray(weights).T)).max())


def _fit(y: np.ndarray, w: np.ndarray) -> Contagion:
    """Poisson likelihood with non-negative parts, by expectation-maximisation, which never lowers it."""
    now, own_part, near_part = y[1:], y[:-1], y[:-1] @ w
    own, spread, endemic = 0.3, 0.3, np.maximum(now.mean(axis=0) * 0.4, 1e-9)
    for _ in range(5000):
        mean = own * own_part + spread * near_part + endemic
        ratio = np.divide(now, mean, out=np.zeros_like(mean), where=mean > 0)
        before = own, spread
        own *= (ratio * own_part).sum() / max(own_part.sum(), 1e-300)
        spread *= (ratio * near_part).sum() / max(near_part.sum(), 1e-300)
        endemic = endemic * ratio.mean(axis=0)
        if abs(own - before[0]) + abs(spread - before[1]) < 1e-9:
            break
    return Contagion(float(own), float(spread), endemic, radius(own, spread, w))


def _simulated(fitted: Contagion, y: np.ndarray, w: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    out = np.empty_like(y)
    out[0] = y[0]
    for t in range(1, len(y)):
        mean = fitted.own * out[t - 1] + fitted.spread * (out[t - 1] @ w) + fitted.endemic
        out[t] = rng.poisson(np.minimum(mean, 1e9))
    return out


@dataclass(frozen=True)
class Alike:
    """Moran's I, what it is under no likeness, and one-sided p by the normal law and by permutation."""

    value: float
    expected: float
    p_normal: float
    p_permuted: float | None


def moran(values: np.ndarray, weights: np.ndarray, draws: int = 999, seed: int = 0) -> Alike:
    """Are neighbours alike? Values (N,), weights (N, N); variance under normality."""
    x, w = np.asarray(values, float), np.asarray(weights, float)
    if w.shape != (len(x), len(x)) or w.sum() <= 0 or np.ptp(x) == 0:
        raise BadInput(
            "权重须为方阵且不全为0，数值须有差异。", "Weights must be square and not all 0, values must differ."
        )
    z, n, total = x - x.mean(), len(x), w.sum()

    def value(of: np.ndarray) -> np.ndarray:
        return n / total * np.einsum("...i,ij,...j->...", of, w, of) / (z**2).sum()

    expected = -1 / (n - 1)
    s1, s2 = ((w + w.T) ** 2).sum() / 2, ((w.sum(axis=0) + w.sum(axis=1)) ** 2).sum()
    variance = (n**2 * s1 - n * s2 + 3 * total**2) / ((n**2 - 1) * total**2) - expected**2
    seen = float(value(z))
    p_permuted = None
    if draws:
        shuffled = np.random.default_rng(seed).permuted(np.tile(z, (draws, 1)), axis=1)
        p_permuted = float((1 + (value(shuffled) >= seen - 1e-12).sum()) / (draws + 1))
    return Alike(seen, expected, float(norm.sf((seen - expected) / np.sqrt(variance))), p_permuted)
