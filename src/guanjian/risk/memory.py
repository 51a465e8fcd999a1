"""How is what one week hands to the next kept on paper? Lineages by the names of their cells and weeks, not by numbers."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import numpy as np

from guanjian.kernel.risks import Change, Reach, Shape, Stage
from guanjian.risk.judge import Memory
from guanjian.risk.lineage import Lineage
from guanjian.risk.panel import Panel, name_of

WEEKS = ("since", "met", "alarmed", "ended")


def on_paper(memory: Memory, panel: Panel) -> dict[str, Any]:
    """Plain values, for JSON."""
    return {
        "lineages": [_lineage(line, panel) for line in memory.lineages],
        "maxima": None if memory.maxima is None else np.round(memory.maxima, 9).tolist(),
        "drawn": panel.weeks[memory.drawn] if memory.drawn >= 0 else None,
    }


def from_paper(told: dict[str, Any], panel: Panel) -> Memory:
    """The memory again, in the numbers of this panel; cells that it no longer knows are left out."""
    week = {label: i for i, label in enumerate(panel.weeks)}
    leaf = {name_of(one): i for i, one in enumerate(panel.leaves)}
    unit = {code: i for i, code in enumerate(panel.units)}
    lineages = [_back(line, (week, leaf, unit), panel) for line in told["lineages"]]
    maxima = None if told["maxima"] is None else np.array(told["maxima"])
    return Memory(tuple(line for line in lineages if line.mask.any()), maxima, week.get(told["drawn"], -1))


def _lineage(line: Lineage, panel: Panel) -> dict[str, Any]:
    cells = {
        name_of(panel.leaves[leaf]): [panel.units[unit] for unit in np.flatnonzero(line.mask[leaf])]
        for leaf in np.flatnonzero(line.mask.any(axis=1))
    }
    told = asdict(replace(line, mask=np.zeros(0)))
    dates = {name: None if told[name] is None else panel.weeks[max(told[name], 0)] for name in WEEKS}
    return told | dates | {"mask": cells}


def _back(told: dict[str, Any], at: tuple[dict, dict, dict], panel: Panel) -> Lineage:
    week, leaf, unit = at
    mask = np.zeros((len(panel.leaves), len(panel.units)), bool)
    for name, held in told["mask"].items():
        if name in leaf:
            mask[leaf[name], [unit[code] for code in held if code in unit]] = True
    typed = {
        "mask": mask,
        "stage": Stage(told["stage"]) if told["stage"] else None,
        "reach": Reach(told["reach"]),
        "shape": Shape(told["shape"]) if told["shape"] else None,
        "belief": tuple(told["belief"]),
        "fresh": tuple((seen, mean) for seen, mean in told["fresh"]),
        "changes": tuple(Change(**change) for change in told["changes"]),
        "course": tuple(told["course"]),
    }
    dates = {name: None if told[name] is None else week.get(told[name], 0) for name in WEEKS}
    return Lineage(**told | typed | dates)
