"""Which single series is out of its own history this week? Farrington where there are years, EARS where there are weeks."""

from __future__ import annotations

from typing import Any

import numpy as np

from guanjian.kernel.words import Text
from guanjian.risk.panel import Panel
from guanjian.risk.places import Places
from guanjian.stats.warning.charts import ears
from guanjian.stats.warning.farrington import Farrington, farrington
from guanjian.stats.warning.sequence import within_families

LEAST = 12  # weeks before which no series can be judged
LEAN = 1.0  # cases in a normal week below which a year tells too little of one series: it is left to the scan
FALSE = 0.05  # largest share of false alarms among those told
SHORT = Text(
    "历史不足{weeks}周，单个序列暂不预警。", "History shorter than {weeks} weeks: no single series is judged yet."
)


def alarms(panel: Panel, places: Places) -> tuple[tuple[dict[str, Any], ...], Text | None]:
    """Alarms of the last week by district and line; with a sentence instead when history is too short."""
    if len(panel.weeks) <= LEAST:
        return (), SHORT.filled(weeks=LEAST)
    lines, counts = by_line(panel, places)
    flat = counts.reshape(len(counts), -1)
    years = min(4, (len(flat) - 5) // 53)
    found = _farrington(flat, years, len(lines)) if years >= 1 else _ears(flat)
    chosen = np.flatnonzero(found["alarm"])
    many = len(places.districts)
    return tuple(
        {
            "line_code": lines[i // many],
            "unit_code": places.districts[i % many],
            "method": "farrington" if years >= 1 else "ears-C1",
            "observed": float(flat[-1, i]),
        }
        | {name: round(float(found[name][i]), 5) for name in ("expected", "upper", "p") if name in found}
        for i in chosen.tolist()
    ), None


def by_line(panel: Panel, places: Places) -> tuple[list[str], np.ndarray]:
    """Cases by business line and district: (T, lines, districts)."""
    lines = sorted({line for line, _ in panel.leaves})
    began = (panel.exposure.sum(axis=2) > 0).argmax(
        axis=0
    ) < LEAST  # what was first measured later would look like a rise
    of_line = np.array([[line == name for line, _ in panel.leaves] for name in lines]) * began.astype(float)
    of_district = np.eye(len(places.districts))[places.group]
    return lines, np.einsum("tlp,kl,pd->tkd", panel.cases, of_line, of_district, optimize=True)


def _farrington(counts: np.ndarray, years: int, lines: int) -> dict[str, np.ndarray]:
    """Farrington's limits; what is told keeps its share of false alarms within families of one line."""
    told = farrington(counts, [len(counts) - 1], Farrington(years=years, periods=10 if years > 1 else 1))
    p = np.nan_to_num(told.p[0], nan=1.0)
    family = np.repeat(np.arange(lines), counts.shape[1] // lines)
    alarm = (told.alarm[0] == 1) & (told.expected[0] >= LEAN) & within_families(p, family, FALSE)
    return {"alarm": alarm, "expected": told.expected[0], "upper": np.nan_to_num(told.upper[0]), "p": p}


def _ears(counts: np.ndarray) -> dict[str, np.ndarray]:
    alarm, upper = ears(counts, range(len(counts) - 1, len(counts)), "C1", 0.05 / max(counts.shape[1], 1))
    enough = counts[-4:].sum(axis=0) >= 5
    return {"alarm": alarm[0] & enough, "upper": upper[0]}
