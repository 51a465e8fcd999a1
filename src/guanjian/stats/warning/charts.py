"""Has a series left its recent level? EARS C1-C3, CUSUM, and the Bayesian limit, for all series at once.

Sources: Hutwagner et al. 2003 (EARS), Rossi et al. 1999 (CUSUM), Riebler 2004 (Bayes). Counts are (T, S); answers
are (W, S) for the weeks asked: `upper` is the largest count without alarm, as in R's surveillance.
"""

from __future__ import annotations

import numpy as np
from scipy.stats import nbinom, norm

from guanjian.kernel.errors import BadInput

Chart = tuple[np.ndarray, np.ndarray]


def _reaching(counts: np.ndarray, weeks: range | np.ndarray, needed: int) -> tuple[np.ndarray, np.ndarray]:
    y = np.asarray(counts, float)
    y, at = (y[:, None] if y.ndim == 1 else y), np.asarray(weeks)
    if not np.isfinite(y).all() or (y < 0).any():
        raise BadInput("序列须为非负数，不可有缺。", "Series must be numbers not below 0, without gaps.")
    if len(at) == 0 or at.min() < needed or at.max() >= len(y):
        raise BadInput(f"每个被判断的周之前须有{needed}周。", f"Each week judged needs {needed} weeks before it.")
    return y, at


def _before(y: np.ndarray, at: np.ndarray, lag: int, length: int) -> tuple[np.ndarray, np.ndarray]:
    past = y[at[:, None] - lag - np.arange(length)]
    return past.mean(axis=1), past.std(axis=1, ddof=1)


def ears(counts: np.ndarray, weeks: range, method: str = "C1", alpha: float = 0.001, baseline: int = 7) -> Chart:
    """Alarm and upper limit: C1 leans on the `baseline` weeks just before, C2 two weeks earlier, C3 sums three C2."""
    if method not in ("C1", "C2", "C3") or baseline < 3:
        raise BadInput("EARS 方法为 C1、C2、C3，基线至少3周。", "EARS is C1, C2 or C3, with a baseline of at least 3.")
    z = norm.isf(alpha)
    y, at = _reaching(counts, weeks, baseline + {"C1": 0, "C2": 2, "C3": 4}[method])
    mean, spread = _before(y, at, 1 if method == "C1" else 3, baseline)
    upper = mean + z * spread
    if method == "C3":
        upper = np.maximum(0, y[at] + spread * (z - _excess(y, at - 1, baseline) - _excess(y, at - 2, baseline)))
    return y[at] > upper, upper


def _excess(y: np.ndarray, at: np.ndarray, baseline: int) -> np.ndarray:
    mean, spread = _before(y, at, 3, baseline)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.maximum(0, np.nan_to_num((y[at] - mean) / spread, nan=0.0, posinf=np.inf) - 1)


def cusum(counts: np.ndarray, weeks: range, k: float = 1.04, h: float = 2.26, mean: np.ndarray | None = None) -> Chart:
    """Alarm when the sum of standardised excesses over k reaches h; the mean is that of all weeks before the first."""
    y, at = _reaching(counts, weeks, 0 if mean is not None else 1)
    level = y[: at[0]].mean(axis=0) if mean is None else np.broadcast_to(mean, y.shape[1])
    if (level <= 0).any():
        raise BadInput("此前均值为0，无法做CUSUM。", "The mean before is 0: no CUSUM can be drawn.")
    steps = (y[at] - level) / np.sqrt(level) - k
    walk = steps.cumsum(axis=0)
    total = walk - np.minimum(np.minimum.accumulate(walk, axis=0), 0)
    earlier = np.vstack([np.zeros_like(level), total[:-1]])
    return total >= h, np.maximum(0, np.ceil(np.sqrt(level) * (h + k - earlier) + level))


def bayes(counts: np.ndarray, weeks: range, years: int = 2, half: int = 6, alpha: float = 0.05) -> Chart:
    """Alarm above the predictive quantile of the reference weeks: `half` on both sides a year back, and those before."""
    y, at = _reaching(counts, weeks, 52 * years + half)
    lags = [np.arange(1, half + 1)] + [52 * i + np.arange(-half, half + 1) for i in range(1, years + 1)]
    back = np.concatenate(lags)
    seen = y[at[:, None] - back].sum(axis=1)
    upper = nbinom.ppf(1 - alpha, seen + 0.5, len(back) / (len(back) + 1))
    return y[at] > upper, upper
