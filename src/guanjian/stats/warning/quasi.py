"""How is one log-linear model fitted to thousands of series at once? Each in a compiled loop, on weeks that they share.

Model: log mean = season + slope * time (+ log offset), variance = phi * mean. Seasons are eliminated by centring
within them, so each step is one pass over the weeks; steps and stopping rule are those of R's glm.fit (25 steps,
relative change of deviance below 1e-8).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numba import njit

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
    def which(self) -> np.ndarray:
        """The season of every week."""
        return self.season.argmax(axis=1)

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
    start = y + 0.1
    out = Fit(
        np.zeros((len(y), design.season.shape[1])),
        np.zeros(len(y)),
        np.log(start),
        start,
        np.zeros_like(start),
        np.zeros(len(y), bool),
        trend,
    )
    best = y * (np.log(np.maximum(y, 1e-300)) - 1)
    found = (out.season, out.slope, out.eta, out.mean, out.working, out.converged)
    _each(design.time, design.which, (y, offset, weight, best), trend, found)
    return out


@njit(cache=True, nogil=True, error_model="numpy")
def _each(time, which, given, trend, found):
    """Fit every series by itself: given = (y, offset, weight, best log-likelihood), found = `Fit`, filled in place."""
    y, offset, weight, best = given
    level, slope, eta, mean, working, converged = found
    target = np.empty(len(time))
    total, middle, height = np.empty(level.shape[1]), np.empty(level.shape[1]), np.empty(level.shape[1])
    for one in range(len(y)):
        before = _deviance(y[one], weight[one], best[one], eta[one], mean[one])
        for _ in range(STEPS):
            for week in range(len(time)):
                working[one, week] = weight[one, week] * mean[one, week]
                target[week] = eta[one, week] - offset[one, week] + y[one, week] / mean[one, week] - 1
            slope[one] = _solve((time, which), working[one], target, trend, (total, middle, height))
            for season in range(len(total)):
                level[one, season] = height[season] - slope[one] * middle[season]
            for week in range(len(time)):
                at = level[one, which[week]] + slope[one] * time[week] + offset[one, week]
                eta[one, week] = min(max(at, -600.0), 600.0)
                mean[one, week] = math.exp(eta[one, week])
            now = _deviance(y[one], weight[one], best[one], eta[one], mean[one])
            if abs(now - before) / (abs(now) + 0.1) < CLOSE:
                converged[one] = True
                break
            before = now


@njit(cache=True, nogil=True, error_model="numpy")
def _solve(weeks, w, z, trend, sums):
    """Weighted least squares of z: fills weight, mean time and mean z of every season, returns the slope."""
    time, which = weeks
    total, middle, height = sums
    total[:], middle[:], height[:] = 0.0, 0.0, 0.0
    for week in range(len(time)):
        season = which[week]
        total[season] += w[week]
        middle[season] += w[week] * time[week]
        height[season] += w[week] * z[week]
    for season in range(len(total)):
        middle[season] /= total[season]
        height[season] /= total[season]
    if not trend:
        return 0.0
    above, below = 0.0, 0.0
    for week in range(len(time)):
        far = w[week] * (time[week] - middle[which[week]])
        above += far * z[week]
        below += far * (time[week] - middle[which[week]])
    return above / below


@njit(cache=True, nogil=True, error_model="numpy")
def _deviance(y, weight, best, eta, mean):
    """Twice the weighted distance of the counts' log-likelihood from its best."""
    far = 0.0
    for week in range(len(y)):
        far += weight[week] * (best[week] - y[week] * eta[week] + mean[week])
    return 2 * far


def _centre(design: Design, w: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weight and weighted mean time of each season (S, G), and the weighted spread of time within seasons (S,)."""
    total, first, second = np.split(w @ design.moments, 3, axis=1)
    middle = first / total
    return total, middle, (second - middle * first).sum(axis=1)


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
