"""Where is too little to see anything? Per indicator the volume that would be needed, and the units that fall short."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from guanjian.kernel.risks import UNDETECTABLE
from guanjian.kernel.words import Text
from guanjian.risk.clusters import Week
from guanjian.risk.panel import Panel
from guanjian.stats.scan.detectable import detectable

DOUBLED = 2.0  # the relative risk that ought to be seen


def volumes(week: Week, panel: Panel, alpha: float, titles: Mapping[str, Text]) -> tuple[dict[str, Any], ...]:
    """One row per indicator: what is needed, how much there is at most, which units cannot be judged alone."""
    bar = float(np.quantile(week.maxima, 1 - alpha)) if len(week.maxima) else 5.0
    mean = week.mean.sum(axis=0)
    rows = []
    for leaf, (line, indicator) in enumerate(panel.leaves):
        needed = _needed(round(bar + float(week.rivals[leaf]), 1), round(float(week.phi[leaf]), 1))
        short = np.flatnonzero(mean[leaf] < needed)
        rows.append(
            {
                "line_code": line,
                "indicator_code": indicator,
                "title": {"zh": titles[indicator].zh, "en": titles[indicator].en} if indicator in titles else None,
                "needed": round(needed, 1),
                "most": round(float(mean[leaf].max()), 1),
                "not_detectable": [panel.units[unit] for unit in short],
                "all_units": bool(mean[leaf].sum() >= needed),
            }
            | _said(len(short), needed)
        )
    return tuple(rows)


def _said(short: int, needed: float) -> dict[str, str]:
    told = UNDETECTABLE.filled(short=short, needed=needed)
    return {"zh": told.zh, "en": told.en} if short else {}


@lru_cache(maxsize=256)
def _needed(bar: float, phi: float) -> float:
    return detectable(0.0, bar, DOUBLED, max(phi, 1.0)).needed
