"""What became of every risk this week? Spots linked to lineages, measured, and their stages stated anew."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from guanjian.kernel.risks import Change, Reach, Stage
from guanjian.risk.chain import Chain, stated
from guanjian.risk.clusters import Spot, Week, joined_up
from guanjian.risk.lineage import Lineage, Links, alike, linked, weights, within_memory
from guanjian.risk.measures import Measures, measured
from guanjian.risk.mixture import chance_above
from guanjian.risk.panel import Panel
from guanjian.risk.rules import Rules

KEPT_WEEKS = 60  # rows of a lineage's course


@dataclass(frozen=True)
class Scene:
    """What the following of one week needs: the data, what the scan saw, the rules, the chain."""

    panel: Panel
    week: Week
    rules: Rules
    chain: Chain

    @property
    def now(self) -> int:
        """The number of the week that is judged."""
        return len(self.panel.weeks) - 1

    def change(self, what: str, before: str, after: str, **evidence: object) -> Change:
        """A change of this week."""
        return Change(self.panel.week, what, str(before), str(after), evidence)


def known_cells(lineages: tuple[Lineage, ...], panel: Panel) -> np.ndarray:
    """Cells (T, L, P) that a risk which once raised an alarm has held, from its onset until it fell quiet."""
    known = np.zeros(panel.cases.shape, bool)
    for line in lineages:
        if line.alarmed is not None:
            known[max(line.since, 0) : None if line.ended is None else line.ended + 1, line.mask] = True
    return known


def follow(lineages: tuple[Lineage, ...], scene: Scene) -> tuple[Lineage, ...]:
    """All lineages after this week: those of last week, those that began, those that ended or came back."""
    weight = weights(scene.week, scene.rules.recent)
    pool = within_memory(lineages, scene.now, scene.rules)
    spots, alarmed = chosen(scene, pool, weight)
    links = linked(pool, spots, weight, scene.rules.alike)
    heir_of = {j: i for i, j in links.goes_on.items()}
    after = [_gone_on(line, i, (links, spots, alarmed), scene) for i, line in enumerate(pool)]
    after = [_merged(line, i, (links, pool), scene) for i, line in enumerate(after)]
    for j, spot in enumerate(spots):
        if j not in heir_of:
            parent = pool[links.splits[j]] if j in links.splits else None
            after.append(_begun(spot, j, (j in alarmed, parent), scene))
    forgotten = [line for line in lineages if line.alarmed is not None and line not in pool]
    return tuple(_settled(line, scene) if line.open else line for line in (*forgotten, *after) if _worth(line))


def _worth(line: Lineage) -> bool:
    return line.open or line.alarmed is not None


def chosen(scene: Scene, pool: list[Lineage], weight: np.ndarray) -> tuple[list[Spot], set[int]]:
    """The risks of this week and the weaker spots that are watched; which of them raise an alarm."""
    rules = scene.rules
    loud = joined_up([s for s in scene.week.spots if s.p <= _bound(s, pool, weight, rules)], scene.panel.kin)
    faint = [
        s
        for s in scene.week.spots
        if s.p <= rules.faint and all(alike(s.mask, o.mask, weight) < rules.alike for o in loud)
    ]
    return loud + faint[: rules.watched], set(range(len(loud)))


def _bound(spot: Spot, pool: list[Lineage], weight: np.ndarray, rules: Rules) -> float:
    """The largest p that is an alarm: eased where the same problem was met before."""
    again = any(line.alarmed is not None and alike(spot.mask, line.mask, weight) >= rules.alike for line in pool)
    return rules.alpha * rules.eased if again else rules.alpha


def _gone_on(line: Lineage, at: int, with_what: tuple[Links, list[Spot], set[int]], scene: Scene) -> Lineage:
    """A lineage after its link: its fresh week counted in last week's cells, then the cells of an alarm taken over."""
    links, spots, alarmed = with_what
    line = _fresh(line, scene) if line.open else line
    if at not in links.goes_on:
        return line
    j = links.goes_on[at]
    spot = spots[j]
    if not line.open:
        if j not in alarmed:
            return line
        back = scene.change("kin", "ended", "returned", p=spot.p, weeks_away=scene.now - line.ended)
        line = line.turned(back, ended=None, calm=0, falling=0, belief=(), since=spot.first)
    if j not in alarmed:
        return replace(line, p=spot.p)
    return replace(line, mask=spot.mask, p=spot.p, alarmed=scene.now if line.alarmed is None else line.alarmed)


def _fresh(line: Lineage, scene: Scene) -> Lineage:
    """One more week seen after the cells were chosen: nothing in it was picked for being high."""
    counts = float(scene.week.cases[-1][line.mask].sum()), float(scene.week.mean[-1][line.mask].sum())
    return replace(line, fresh=(*line.fresh, counts)[-scene.rules.window :])


def _merged(line: Lineage, at: int, with_what: tuple[Links, list[Lineage]], scene: Scene) -> Lineage:
    """Ends what went into another risk; the heir notes whom it took up, if that one was ever more than watched."""
    links, pool = with_what
    if at in links.into and line.open:
        heir = pool[links.into[at]].lineage_id
        return line.turned(scene.change("kin", line.lineage_id, heir, how="merged"), ended=scene.now)
    for i, heir in links.into.items():
        if heir == at and pool[i].open and pool[i].alarmed is not None:
            line = line.turned(scene.change("kin", pool[i].lineage_id, line.lineage_id, how="took up"))
    return line


def _begun(spot: Spot, number: int, how: tuple[bool, Lineage | None], scene: Scene) -> Lineage:
    loud, parent = how
    name = f"R-{scene.panel.week}-{number + 1:02}"
    line = Lineage(name, spot.mask, spot.first, scene.now, scene.now if loud else None, p=spot.p)
    if parent is not None and loud:
        line = line.turned(scene.change("kin", parent.lineage_id, name, how="split"))
    return line


def _settled(line: Lineage, scene: Scene) -> Lineage:
    """The lineage with this week's measures, stage and reach."""
    told = measured(scene.week, line.mask, line.since, scene.now, scene.rules.recent)
    if line.alarmed is None:
        line = _watched(line, told, scene)
    else:
        line = _staged(line, told, scene)
        line = _reached(line, told, scene)
    return replace(line, course=(*line.course, _row(line, told, scene))[-KEPT_WEEKS:])


def _watched(line: Lineage, told: Measures, scene: Scene) -> Lineage:
    """Latent: week after week more likely raised than the rules ask, in weeks seen after it was met, for long enough."""
    rules = scene.rules
    seen, mean = (sum(part) for part in zip(*line.fresh, strict=True)) if line.fresh else (0.0, 0.0)
    likely = chance_above(seen, mean, scene.week.noise(line.mask))
    line = replace(line, likely_for=line.likely_for + 1 if likely > rules.likely else 0)
    old = scene.now - line.met
    if (old >= rules.steady and likely < 0.5) or (old >= 2 * rules.latent_after and not line.likely_for):
        return replace(line, ended=scene.now)
    if line.stage is Stage.LATENT or line.likely_for < rules.latent_after:
        return line
    return line.turned(_to(scene, None, Stage.LATENT, told, line), stage=Stage.LATENT)


def _staged(line: Lineage, told: Measures, scene: Scene) -> Lineage:
    """An alarm is at least emerging; from then on the chain decides, and a risk that fell quiet ends."""
    belief = scene.chain.filtered(line.belief, told.features)
    stage, falling = stated(line.stage, line.falling, belief, scene.rules)
    if line.alarmed == scene.now or line.stage is None:
        stage = max(stage, Stage.EMERGING, key=lambda s: s.rank)
    calm = line.calm + 1 if told.above < scene.rules.likely else 0
    before, line = line.stage, replace(line, belief=belief, falling=falling, calm=calm)
    if calm >= scene.rules.quiet_after:
        return line.turned(_to(scene, before, "ended", told, line), stage=stage, ended=scene.now)
    if stage is before:
        return line
    return line.turned(_to(scene, before, stage, told, line), stage=stage)


def _to(scene: Scene, before: Stage | None, after: Stage | str, told: Measures, line: Lineage) -> Change:
    figures = {"observed": told.observed, "expected": told.expected, "breadth": told.breadth, "slope": told.slope}
    evidence = {name: round(value, 3) for name, value in figures.items()}
    evidence |= {"p": round(line.p, 5), "belief": [round(b, 3) for b in line.belief], "units": len(told.raised)}
    return scene.change("stage", before or "", after, **evidence)


def _reached(line: Lineage, told: Measures, scene: Scene) -> Lineage:
    rules, before = scene.rules, line.reach
    bound = rules.global_from if before is Reach.LOCAL else rules.local_below
    reach = Reach.GLOBAL if told.breadth >= bound else Reach.LOCAL
    if reach is before:
        return line
    return line.turned(scene.change("reach", before, reach, breadth=round(told.breadth, 3)), reach=reach)


def _row(line: Lineage, told: Measures, scene: Scene) -> dict:
    units = np.union1d(told.raised, np.flatnonzero(line.mask.any(axis=0)))
    return {
        "week": scene.panel.week,
        "stage": str(line.stage or ""),
        "units": [scene.panel.units[u] for u in units],
        "observed": round(told.observed, 2),
        "expected": round(told.expected, 3),
        "breadth": round(told.breadth, 3),
        "p": round(line.p, 5),
        "features": np.round(told.features, 4).tolist(),
    }
