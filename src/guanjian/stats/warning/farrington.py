"""Is this week's count above what the same weeks of earlier years allow? Farrington, and its flexible successor.

Sources: Farrington et al. 1996; Noufaily et al. 2013. `r_compat` repeats the habits of R's surveillance 1.20.3 to the
digit, among them that the standard error of the mean uses a dispersion weighted by the outbreak weights.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import stdtr
from scipy.stats import nbinom, norm, poisson

from guanjian.kernel.errors import BadInput
from guanjian.stats.warning.quasi import Design, Fit, dispersion, fit, leverage, unscaled
from guanjian.stats.warning.reference import same_weeks, seasons

BLOCK = 128  # series judged together: small enough to stay in cache


@dataclass(frozen=True)
class Farrington:
    """Settings. `threshold`: "nb" (negative binomial plug-in), "muan" (its mean at the upper limit) or "delta" (2/3
    power); `enough`: no alarm with fewer cases in the last four weeks; `trend_p`: 1 keeps every trend."""

    years: int = 4
    half: int = 3
    periods: int = 10
    alpha: float = 0.01
    threshold: str = "nb"
    weights_above: float = 2.58
    reweight: bool = True
    skipped: int = 26
    trend: bool = True
    trend_p: float = 1.0
    enough: tuple[int, int] = (5, 4)
    frequency: int = 52
    r_compat: bool = False
    original: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.alpha < 1 or self.threshold not in ("nb", "muan", "delta"):
            raise BadInput(
                "alpha 须在0与1之间，threshold 为 nb、muan 或 delta。", "alpha in (0, 1); threshold nb, muan or delta."
            )


ORIGINAL = Farrington(periods=1, threshold="delta", weights_above=1.0, skipped=3, trend_p=0.05)


@dataclass(frozen=True)
class Verdicts:
    """For W weeks x S series: `expected`, `upper` (NaN where too few cases), `alarm`, `score`, `p`, `phi`, `slope`."""

    expected: np.ndarray
    upper: np.ndarray
    alarm: np.ndarray
    score: np.ndarray
    p: np.ndarray
    phi: np.ndarray
    slope: np.ndarray


def farrington(
    counts: np.ndarray,
    weeks: range | np.ndarray,
    how: Farrington | None = None,
    dates: np.ndarray | None = None,
    population: np.ndarray | None = None,
) -> Verdicts:
    """Judge these weeks (indices) of counts (T, S); all series of a week are fitted together.

    dates: datetime64[D] (T,), equally spaced, so that years are calendar years; population (T, S): an offset.
    """
    y = np.asarray(counts, float)
    y = y[:, None] if y.ndim == 1 else y
    if not np.isfinite(y).all() or (y < 0).any():
        raise BadInput("序列须为非负数，不可有缺。", "Series must be numbers not below 0, without gaps.")
    size = np.ones_like(y) if population is None else np.asarray(population, float).reshape(y.shape)
    told = [_week(y, np.log(size), int(k), how or Farrington(), dates) for k in weeks]
    return Verdicts(*(np.stack(column) for column in zip(*told, strict=True)))


def _week(y: np.ndarray, offset: np.ndarray, at: int, how: Farrington, dates: np.ndarray | None) -> tuple:
    back = same_weeks(at, how.years, how.frequency, dates)
    weeks, season = seasons(at, back, how.half, how.periods, how.skipped)
    middle = weeks.mean()
    design = Design(weeks - middle, (season[:, None] == np.arange(how.periods)).astype(float))
    parts = [
        _block(y[:, i : i + BLOCK], offset[:, i : i + BLOCK], (at, weeks, at - middle), design, how)
        for i in range(0, y.shape[1], BLOCK)
    ]
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))


def _block(y: np.ndarray, offset: np.ndarray, when: tuple, design: Design, how: Farrington) -> tuple:
    at, weeks, ahead = when
    past, over = np.ascontiguousarray(y[weeks].T), np.ascontiguousarray(offset[weeks].T)
    models, trended = _models(design, past, (over, offset[at], ahead), how)

    def asked(ask: Callable[[Fit, np.ndarray, np.ndarray], np.ndarray]) -> np.ndarray:
        answer = np.empty(len(past))
        for which, model in models:
            answer[which] = ask(*model)
        return answer

    phi = np.maximum(asked(lambda f, x, w: dispersion(f, x, design)), 1)
    eta = asked(lambda f, x, w: _eta(f, ahead)) + offset[at]
    spread = asked(lambda f, x, w: dispersion(f, x, design, w)) if how.r_compat else phi
    error = np.sqrt(spread * asked(lambda f, x, w: unscaled(f, design, how.periods - 1, ahead)[0]))
    slope = np.where(trended, asked(lambda f, x, w: f.slope), np.nan)
    ok = asked(lambda f, x, w: f.converged) == 1
    return (*_judged(y, at, (eta, error, phi, ok), how), np.where(ok, phi, np.nan), slope)


def _eta(fitted: Fit, ahead: float) -> np.ndarray:
    return fitted.season[:, -1] + fitted.slope * ahead


def _models(design: Design, y: np.ndarray, other: tuple, how: Farrington) -> tuple[list, np.ndarray]:
    """(series, (model, their counts, their weights)) with trend, and without for those that may not keep it."""
    offset, now, ahead = other
    keep = np.zeros(len(y), bool)
    models = []
    if how.trend:
        model, weight = _reweighted(design, y, offset, how, True)
        tame = np.minimum(_eta(model, ahead) + now, 600) <= np.log(np.maximum(y.max(axis=1), 1e-300))
        keep = model.converged & (how.years >= 3) & tame
        if how.trend_p < 1:
            keep &= _trend_p(model, y, design, weight, how) < how.trend_p
        models.append((np.arange(len(y)), (model, y, weight)))
    left = np.flatnonzero(~keep)
    if len(left):
        model, weight = _reweighted(design, y[left], offset[left], how, False)
        models.append((left, (model, y[left], weight)))
    return models, keep


def _trend_p(model: Fit, y: np.ndarray, design: Design, weight: np.ndarray, how: Farrington) -> np.ndarray:
    spread = dispersion(model, y, design, weight if how.r_compat and not how.original else None)
    error = np.sqrt(spread * unscaled(model, design, 0, 0.0)[1])
    return 2 * stdtr(y.shape[1] - design.parameters(True), -np.abs(model.slope / error))


def _reweighted(design: Design, y: np.ndarray, offset: np.ndarray, how: Farrington, trend: bool) -> tuple:
    ones = np.ones_like(y)
    first = fit(design, y, offset, ones, trend)
    if not how.reweight:
        return first, first.working
    phi = np.maximum(dispersion(first, y, design), 1)
    free = np.maximum(1 - leverage(first, design), 1e-12)
    anscombe = np.cbrt(y * y) * np.exp(first.eta / -6) - np.exp(first.eta / 2)
    anscombe *= 1.5 / np.sqrt(phi[:, None] * free)
    weight = np.where(anscombe > how.weights_above, 1 / np.maximum(anscombe, 1e-12) ** 2, 1.0)
    weight *= y.shape[1] / weight.sum(axis=1, keepdims=True)
    again = fit(design, y, offset, weight, trend)
    again.converged = first.converged & np.isfinite(again.mean).all(axis=1)
    return again, weight


def _judged(y: np.ndarray, at: int, model: tuple, how: Farrington) -> tuple:
    eta, error, phi, ok = model
    now, mean = y[at], np.exp(eta)
    upper, p = _delta(now, mean, error, phi, how) if how.threshold == "delta" else _nb(now, eta, error, phi, how)
    fitted = eta if how.r_compat and how.threshold != "delta" else mean
    with np.errstate(divide="ignore", invalid="ignore"):
        score = (now - fitted) / (upper - fitted)
    enough = ok & (y[at - how.enough[1] + 1 : at + 1].sum(axis=0) >= how.enough[0])
    alarm = enough & (score > 1) & (now > 0)
    return np.where(enough, mean, np.nan), np.where(enough, upper, np.nan), alarm, score, p


def _delta(now: np.ndarray, mean: np.ndarray, error: np.ndarray, phi: np.ndarray, how: Farrington) -> tuple:
    tau = phi + (mean * error) ** 2 / mean
    spread = np.sqrt(4 / 9 * np.cbrt(mean) * tau)
    middle = np.cbrt(mean**2)
    upper = (middle + norm.isf(how.alpha / 2 if how.original else how.alpha) * spread) ** 1.5
    return upper, norm.sf((np.cbrt(now**2) - middle) / spread)


def _nb(now: np.ndarray, eta: np.ndarray, error: np.ndarray, phi: np.ndarray, how: Farrington) -> tuple:
    mean = np.exp(eta + (norm.isf(how.alpha) * error if how.threshold == "muan" else 0))
    over = phi > 1 + 1e-12
    size = mean / np.where(over, phi - 1, 1)
    upper = np.where(over, nbinom.ppf(1 - how.alpha, size, 1 / phi), poisson.ppf(1 - how.alpha, mean))
    return upper, np.where(over, nbinom.sf(now - 1, size, 1 / phi), poisson.sf(now - 1, mean))


def original(alpha: float = 0.01, **changed) -> Farrington:
    """The method of 1996 as R's algo.farrington: one season, two-sided limit, weights from a residual of 1."""
    how = replace(ORIGINAL, alpha=alpha, original=True, **changed)
    return replace(how, skipped=how.half)
