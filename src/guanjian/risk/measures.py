"""How strong, how wide, how long, how fast? The four figures of a lineage in one week, from which its stage is read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanjian.risk.clusters import MEMBER, Week
from guanjian.risk.mixture import chance_above, mixture

CAP_WEEKS = 26


@dataclass(frozen=True)
class Measures:
    """Of its indicators over all units: `risk`, relative risk where it lies; `breadth`, share of units raised (and how
    many); `weeks` since its onset; `slope`, how fast the excess grows (standard deviations of chance, 4 weeks against 4)."""

    observed: float
    expected: float
    risk: float
    breadth: float
    raised: np.ndarray
    weeks: int
    slope: float
    above: float

    @property
    def features(self) -> np.ndarray:
        """As the chain reads them."""
        return np.array(
            [
                np.log((self.observed + 1) / (self.expected + 1)),
                np.log((self.breadth + 0.01) / (1.01 - self.breadth)),
                np.log1p(min(self.weeks, CAP_WEEKS)),
                np.clip(self.slope, -6, 6),
            ]
        )


def measured(week: Week, mask: np.ndarray, since: int, now: int, recent: int) -> Measures:
    """Measure the cells of `mask` in the last `recent` weeks."""
    seen, mean = week.recent(recent)
    leaves, phi = mask.any(axis=1), week.noise(mask)
    c, m = float(seen[mask].sum()), float(mean[mask].sum())
    told = mixture(seen[leaves].sum(axis=0), mean[leaves].sum(axis=0), phi)
    raised = np.flatnonzero((told.member > MEMBER) | (mask.any(axis=0) & (told.member > MEMBER / 2)))
    return Measures(
        observed=c,
        expected=m,
        risk=c / m if m > 0 else 1.0,
        breadth=told.share,
        raised=raised,
        weeks=now - since + 1,
        slope=_slope(week, leaves, phi),
        above=chance_above(c, m, phi),
    )


def _slope(week: Week, leaves: np.ndarray, phi: float) -> float:
    """Excess of the indicators everywhere: the last four weeks against the four before."""
    excess = (week.cases[:, leaves] - week.mean[:, leaves]).sum(axis=(1, 2))
    level = np.maximum(week.mean[:, leaves].sum(axis=(1, 2)), 1e-9)
    half = min(4, len(excess) // 2)
    if half == 0:
        return 0.0
    now, before = excess[-half:].sum(), excess[-2 * half : -half].sum()
    return float((now - before) / np.sqrt(phi * level[-2 * half :].sum()))
