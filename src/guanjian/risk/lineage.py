"""Is it the same risk as last week? Cells linked over the weeks; what merged, what split, and what came back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from guanjian.kernel.risks import Change, Reach, Shape, Stage
from guanjian.risk.clusters import Spot, Week
from guanjian.risk.rules import Rules

SILENT = 0.1  # the weight of a cell's expectation beside its excess: cells count where the risk shows


@dataclass(frozen=True)
class Lineage:
    """One risk over the weeks. `stage` is None while it is only watched; `alarmed`: the week of its first alarm.

    `belief`: the chain's chances of the four stages; `fresh`: cases and expectation of weeks seen after it was first
    met, newest last; `leaning`: a shape that was read once and must be read again to be said; `ended`: the week in which it fell quiet or went into another.
    """

    lineage_id: str
    mask: np.ndarray
    since: int
    met: int
    alarmed: int | None = None
    stage: Stage | None = None
    reach: Reach = Reach.LOCAL
    belief: tuple[float, ...] = ()
    falling: int = 0
    calm: int = 0
    likely_for: int = 0
    shape: Shape | None = None
    leaning: str = ""
    fresh: tuple[tuple[float, float], ...] = ()
    p: float = 1.0
    ended: int | None = None
    changes: tuple[Change, ...] = ()
    course: tuple[dict[str, Any], ...] = field(default=(), repr=False)

    @property
    def open(self) -> bool:
        """Not ended."""
        return self.ended is None

    def turned(self, change: Change, **values: Any) -> Lineage:
        """The lineage after a dated change."""
        return replace(self, changes=(*self.changes, change), **values)


def alike(a: np.ndarray, b: np.ndarray, weight: np.ndarray) -> float:
    """Weighted Jaccard of two sets of cells."""
    union = float(weight[a | b].sum())
    return float(weight[a & b].sum()) / union if union > 0 else 0.0


def weights(week: Week, recent: int) -> np.ndarray:
    """What each cell weighs when sets of cells are compared: its excess, and a little for being there."""
    seen, mean = week.recent(recent)
    return np.maximum(seen - mean, 0) + SILENT * mean + 1e-9


@dataclass(frozen=True)
class Links:
    """Which lineage goes on in which spot; which ones go into another; which spot split off from which lineage."""

    goes_on: dict[int, int]
    into: dict[int, int]
    splits: dict[int, int]


def linked(lineages: list[Lineage], spots: list[Spot], weight: np.ndarray, least: float) -> Links:
    """Link lineages and spots by weighted Jaccard: the best pair first, the elder where a spot holds several."""
    score = np.array([[alike(line.mask, spot.mask, weight) for spot in spots] for line in lineages])
    score = score.reshape(len(lineages), len(spots))
    goes_on: dict[int, int] = {}
    for at in np.argsort(-score, axis=None, kind="stable"):
        i, j = (int(k) for k in np.unravel_index(at, score.shape))
        if score[i, j] < least:
            break
        if i not in goes_on and j not in goes_on.values():
            goes_on[i] = j
    goes_on = _eldest(goes_on, score, lineages, least)
    heir = {j: i for i, j in goes_on.items()}
    into, splits = {}, {}
    for i in range(len(lineages)):
        best = [j for j in np.argsort(-score[i]) if score[i, j] >= least and int(j) in heir]
        if i not in goes_on and best:
            into[i] = heir[int(best[0])]
    for j in range(len(spots)):
        best = [i for i in np.argsort(-score[:, j]) if score[i, j] >= least and int(i) in goes_on]
        if j not in heir and best:
            splits[j] = int(best[0])
    return Links(goes_on, into, splits)


def _eldest(goes_on: dict[int, int], score: np.ndarray, lineages: list[Lineage], least: float) -> dict[int, int]:
    """A spot that several lineages claim goes to the one that raised an alarm first, then to the oldest."""
    settled = dict(goes_on)
    for heir, j in goes_on.items():
        rivals = [i for i in range(len(lineages)) if score[i, j] >= least and (i == heir or i not in goes_on)]
        first = min(rivals, key=lambda i: _age(lineages[i]))
        if first != heir:
            del settled[heir]
            settled[first] = j
    return settled


def _age(line: Lineage) -> tuple:
    return (not line.open, line.alarmed is None, line.alarmed or 0, line.met)


def within_memory(lineages: tuple[Lineage, ...], now: int, rules: Rules) -> list[Lineage]:
    """Those that a risk of this week may be: the open ones, and the ended ones that were once alarmed."""
    return [
        line for line in lineages if line.open or (line.alarmed is not None and now - line.ended <= rules.remembered)
    ]
