"""Does a line's risk feed itself from district to district? One contagion index per line, 1 and more: it does."""

from __future__ import annotations

from typing import Any

import numpy as np

from guanjian.risk.panel import Panel
from guanjian.risk.places import Places
from guanjian.risk.series import by_line
from guanjian.stats.warning.contagion import contagion

WEEKS = 52
ENOUGH = 100.0  # cases of a line below which no index is told


def contagions(
    panel: Panel, places: Places, reach: np.ndarray, lines: set[str], draws: int | None
) -> tuple[dict[str, Any], ...]:
    """Per line with enough cases the index, its parts, and by `draws` a 95 % range for those named in `lines`."""
    if draws is None:
        return ()
    names, counts = by_line(panel, places)
    weights = _of_districts(reach, places)
    told = []
    for i, name in enumerate(names):
        mine = counts[-WEEKS:, i]
        if mine.sum() < ENOUGH or len(mine) < 12:
            continue
        found = contagion(mine, weights, draws if name in lines else 0)
        row = {"line_code": name, "index": found.index, "own": found.own, "spread": found.spread}
        row |= {} if found.low is None else {"low": found.low, "high": found.high}
        told.append({key: round(value, 4) if isinstance(value, float) else value for key, value in row.items()})
    return tuple(told)


def _of_districts(reach: np.ndarray, places: Places) -> np.ndarray:
    member = np.eye(len(places.districts))[places.group]
    sums = member.T @ reach @ member
    np.fill_diagonal(sums, 0.0)
    return sums / np.maximum(sums.sum(axis=1, keepdims=True), 1e-12)
