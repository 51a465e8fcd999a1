"""How is one log-linear model fitted to thousands of series at once? They share weeks, so sums are matrix products.

Model: log mean = season + slope * time (+ log offset), variance = phi * mean. Seasons are eliminated by centring
within them, so each step is a few (series x weeks) @ (weeks x seasons) products; steps and stopping rule are those of
R's glm.fit (25 steps, relative change of deviance below 1e-8).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

STEPS = 25
CLOSE = 1e-8


@dataclass(frozen=True)
class Design:
    """What all series of a week share: time (n,), centred, and one-hot seasons (n, G)."""

    time: np.ndarray
    season: np.ndarray

    @cached_property
    def moments(self) -> np.ndarray:
        """Columns whose product with weights gives their sum, sum x time and sum x time^2 in every season."""
        t = self.time[:, None]
        return np.hstack([self.season, self.season * t, self.season * t * t])

    @cached_property
    def rows(self) -> np.ndarray:
        """Coefficients (G levels, slope) times this is the linear predictor of every week."""
        return np.vstack([self.season.T, self.time])

    def parameters(self, trend: bool) -> int:
        """How many coefficients are fitted."""
        return self.season.shape[1] + int(trend)


@dataclass
class Fit:
    """Arrays over S series: `season` (S, G) levels, `slope`, and what errors need, all at the last step."""

    season: np.ndarray
    slope: np.ndarray
    eta: np.ndarray  # (S, n), log mean
    mean: np.ndarray
    working: np.ndarray  # (S, n), prior weight x mean at the start of the last step
    converged: np.ndarray
    trend: bool


def fit(design: Design, y: np.ndarray, offset: np.ndarray, weight: np.ndarray, trend: bool) -> Fit:
    """Fit all series; y, offset (log), weight are (S, n)."""
    series = len(y)
    start = y + 0.1
    out = Fit(
        np.zeros((series, design.season.shape[1])),
        np.zeros(series),
        np.log(start),
        start,
        np.zeros_like(start),
        np.zeros(series, bool),
        trend,
    )
    whole = y * (np.log(np.maximum(y, 1e-300)) - 1)
    left = np.arange(series)
    before = _deviance(y, whole, weight, out, left)
    for _ in range(STEPS):
        mean = out.mean[left]
        working = weight[left] * mean
        target = out.eta[left] - offset[left] + y[left] / mean - 1
        level, slope = _solve(design, working, target, trend)
        out.eta[left] = np.clip(np.column_stack([level, slope]) @ design.rows + offset[left], -600, 600)
        out.mean[left] = np.exp(out.eta[left])
        out.working[left], out.season[left], out.slope[left] = working, level, slope
        now = _deviance(y, whole, weight, out, left)
        done = np.abs(now - before) / (np.abs(now) + 0.1) < CLOSE
        out.converged[left[done]] = True
        left, before = left[~done], now[~done]
        if not len(left):
            break
    return out


def _solve(design: Design, w: np.ndarray, z: np.ndarray, trend: bool) -> tuple[np.ndarray, np.ndarray]:
    seasons = design.season.shape[1]
    if not trend:
        return (w * z) @ design.season / (w @ design.season), np.zeros(len(w))
    total, middle, spread = _centre(design, w)
    sums = (w * z) @ design.moments[:, : 2 * seasons]
    slope = (sums[:, seasons:] - middle * sums[:, :seasons]).sum(axis=1) / spread
    return sums[:, :seasons] / total - slope[:, None] * middle, slope


def _centre(design: Design, w: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weight and weighted mean time of each season (S, G), and the weighted spread of time within seasons (S,)."""
    total, first, second = np.split(w @ design.moments, 3, axis=1)
    middle = first / total
    return total, middle, (second - middle * first).sum(axis=1)


def _deviance(y: np.ndarray, whole: np.ndarray, weight: np.ndarray, out: Fit, left: np.ndarray) -> np.ndarray:
    return 2 * (weight[left] * (whole[left] - y[left] * out.eta[left] + out.mean[left])).sum(axis=1)


def dispersion(fitted: Fit, y: np.ndarray, design: Design, weight: np.ndarray | None = None) -> np.ndarray:
    """Pearson's X^2 / degrees of freedom, from the working weights, or from others given."""
    residual = y / fitted.mean - 1
    freedom = y.shape[1] - design.parameters(fitted.trend)
    return ((fitted.working if weight is None else weight) * residual**2).sum(axis=1) / freedom


def leverage(fitted: Fit, design: Design) -> np.ndarray:
    """The hat values (S, n)."""
    w = fitted.working
    if not fitted.trend:
        return w * (1 / (w @ design.season) @ design.season.T)
    total, middle, spread = _centre(design, w)
    return w * (1 / total @ design.season.T + (design.time - middle @ design.season.T) ** 2 / spread[:, None])


def unscaled(fitted: Fit, design: Design, season: int, time: float) -> tuple[np.ndarray, np.ndarray]:
    """Variance of the linear predictor at this season and time, and of the slope, both for phi = 1."""
    if not fitted.trend:
        return 1 / (fitted.working @ design.season)[:, season], np.full(len(fitted.working), np.nan)
    total, middle, spread = _centre(design, fitted.working)
    return 1 / total[:, season] + (time - middle[:, season]) ** 2 / spread, 1 / spread
