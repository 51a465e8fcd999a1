"""When did a lasting rise begin? The generalised likelihood ratio chart for negative binomial counts.

Source: Höhle & Paul 2008. The normal level is a negative binomial regression on yearly waves, fitted once to the weeks
before; the chart asks for the best start and size of a rise since, and starts again after an alarm.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import gammaln

from guanjian.kernel.errors import BadInput


@dataclass(frozen=True)
class Level:
    """Expected counts (T,) and alpha, where Var = mean + alpha * mean^2."""

    mean: np.ndarray
    alpha: float


def waves(counts: np.ndarray, train: int, frequency: int = 52, harmonics: int = 1, trend: bool = True) -> Level:
    """Negative binomial regression on waves of the year and a trend, fitted to the first `train` weeks."""
    y = np.asarray(counts, float)
    if not 2 * harmonics + 3 < train <= len(y) or y[:train].sum() == 0:
        raise BadInput("训练期太短或全为0。", "The training weeks are too few, or all 0.")
    angle = 2 * np.pi / frequency * np.outer(np.arange(1, len(y) + 1), np.arange(1, harmonics + 1))
    slope = (np.arange(len(y)) / frequency)[:, None] * np.ones(int(trend))
    design = np.column_stack([np.ones(len(y)), slope, np.cos(angle), np.sin(angle)])
    alpha, mean = 0.0, np.full(train, y[:train].mean())
    for _ in range(50):
        beta = _regression(design[:train], y[:train], alpha, mean)
        mean = np.exp(design[:train] @ beta)
        before, alpha = alpha, _alpha(y[:train], mean)
        if abs(alpha - before) < 1e-10 * max(alpha, 1e-3):
            break
    return Level(np.exp(design @ beta), alpha)


def _regression(x: np.ndarray, y: np.ndarray, alpha: float, mean: np.ndarray) -> np.ndarray:
    for _ in range(50):
        w = mean / (1 + alpha * mean)
        beta = np.linalg.solve(x.T @ (w[:, None] * x), x.T @ (w * (np.log(mean) + (y - mean) / mean)))
        before, mean = mean, np.exp(x @ beta)
        if np.abs(mean - before).max() < 1e-12 * mean.max():
            break
    return beta


def _alpha(y: np.ndarray, mean: np.ndarray) -> float:
    def minus(log_size: float) -> float:
        r = np.exp(log_size)
        return -(gammaln(y + r) - gammaln(r) + r * np.log(r / (r + mean)) + y * np.log(mean / (r + mean))).sum()

    found = minimize_scalar(minus, bounds=(-7, 14), method="bounded", options={"xatol": 1e-10})
    return float(np.exp(-found.x))


def glr(counts: np.ndarray, level: Level, weeks: range, limit: float = 5.0) -> tuple[np.ndarray, np.ndarray]:
    """Alarm and the chart's value for each week; the chart begins anew after an alarm."""
    y, mean = np.asarray(counts, float)[list(weeks)], level.mean[list(weeks)]
    value, alarm, start = np.zeros(len(y)), np.zeros(len(y), bool), 0
    for t in range(len(y)):
        value[t] = max(_ratio(y[n : t + 1], mean[n : t + 1], level.alpha) for n in range(start, t + 1))
        if value[t] >= limit:
            alarm[t], start = True, t + 1
    return alarm, value


def _ratio(y: np.ndarray, mean: np.ndarray, alpha: float) -> float:
    """The log likelihood ratio of the best rise of the whole stretch, 0 if it has none."""
    low, high = 0.0, 1.0
    if _slope(0.0, y, mean, alpha) <= 0:
        return 0.0
    while _slope(high, y, mean, alpha) > 0 and high < 50:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _slope(middle, y, mean, alpha) > 0 else (low, middle)
    risen = mean * np.exp(low)
    if alpha <= 1e-12:
        return float((low * y - (risen - mean)).sum())
    return float((low * y - (y + 1 / alpha) * np.log((1 + alpha * risen) / (1 + alpha * mean))).sum())


def _slope(kappa: float, y: np.ndarray, mean: np.ndarray, alpha: float) -> float:
    risen = mean * np.exp(kappa)
    return float(((y - risen) / (1 + alpha * risen)).sum())
