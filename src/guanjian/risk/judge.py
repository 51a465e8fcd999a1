"""What is the judgement of this week? Scan, follow, read, assign and tell: one paper, and what must be remembered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from guanjian.kernel.papers import Level
from guanjian.kernel.risks import Judgement, Owner, Risk, Shape, Stage
from guanjian.kernel.words import Text
from guanjian.risk.cell import INCIDENT, TOP, Controls, cell_of, grade_of
from guanjian.risk.chain import Chain, fitted
from guanjian.risk.clusters import Week, look
from guanjian.risk.contagious import contagions
from guanjian.risk.follow import Scene, follow, known_cells
from guanjian.risk.lineage import Lineage
from guanjian.risk.measures import Measures, measured
from guanjian.risk.panel import Panel
from guanjian.risk.places import Places
from guanjian.risk.rules import Rules
from guanjian.risk.series import alarms
from guanjian.risk.telling import Wording, explained, title_of, what_of
from guanjian.risk.volume import volumes
from guanjian.risk.whose import heart, line_carried, owner_of, read
from guanjian.stats.scan.reading import Reading

AHEAD = 4  # weeks over which likelihood looks
LEVELS = {
    Stage.LATENT: Level.BLUE,
    Stage.EMERGING: Level.YELLOW,
    Stage.TRENDING: Level.ORANGE,
    Stage.GENERAL: Level.RED,
}
TOO_SHORT = Text(
    "历史太短：典型的指标或单位在历史中不足20起，本周不报警。",
    "History too short: the typical indicator or unit has fewer than 20 cases in it. No alarm is raised this week.",
)


@dataclass(frozen=True)
class Memory:
    """What one week hands to the next: the lineages, and chance's maxima with the number of the week they are of."""

    lineages: tuple[Lineage, ...] = ()
    maxima: np.ndarray | None = None
    drawn: int = -1


@dataclass(frozen=True)
class Setting:
    """What is the same in every week: rules, chain, names, the register of controls, links between units."""

    rules: Rules = field(default_factory=Rules)
    chain: Chain = field(default_factory=fitted)
    wording: Wording = field(default_factory=Wording)
    controls: Controls = field(default_factory=Controls)
    shared: np.ndarray | None = None


def advanced(panel: Panel, places: Places, memory: Memory, setting: Setting) -> tuple[Scene, Memory]:
    """Scan the last week of the panel and follow all risks into it."""
    now, rules = len(panel.weeks) - 1, setting.rules
    again = memory.maxima is None or not len(memory.maxima) or now - memory.drawn >= rules.redraw
    week = look(panel, places, rules, known_cells(memory.lineages, panel), None if again else memory.maxima)
    scene = Scene(panel, week, rules, setting.chain)
    lineages = follow(memory.lineages, scene)
    return scene, Memory(lineages, week.maxima, now if again else memory.drawn)


def judge(panel: Panel, places: Places, memory: Memory, setting: Setting, run_id: str = "") -> tuple[Judgement, Memory]:
    """The judgement of the panel's last week, given what was remembered of the week before."""
    scene, after = advanced(panel, places, memory, setting)
    judged, kept = [], []
    for line in after.lineages:
        if line.open and line.stage is not None:
            risk, line = told_of(line, scene, places, setting)
            judged.append(risk)
        kept.append(line)
    series, short = alarms(panel, places)
    notes = [note for note in (TOO_SHORT if scene.week.too_short else None, short) if note]
    masks = [line.mask for line in kept if line.open and line.stage is not None]
    lines = {panel.leaves[leaf][0] for mask in masks for leaf in np.flatnonzero(mask.any(axis=1))}
    paper = Judgement(
        panel.week,
        run_id,
        tuple(sorted(judged, key=lambda r: (r.level.rank, -r.cell.residual, r.lineage_id))),
        tuple(notes),
        series,
        contagions(panel, places, places.reach(setting.shared), lines, setting.rules.contagion_draws),
        volumes(scene.week, panel, setting.rules.alpha, setting.wording.indicators),
    )
    return paper, replace(after, lineages=tuple(kept))


def told_of(line: Lineage, scene: Scene, places: Places, setting: Setting) -> tuple[Risk, Lineage]:
    """One risk on paper; the lineage notes a change of its shape or its owner."""
    panel, week, rules = scene.panel, scene.week, scene.rules
    told = measured(week, line.mask, line.since, scene.now, rules.recent)
    reading, excess = read(week, line.mask, told.raised), _excess(week, line.mask, told, rules)
    line = leant(line, reading.shape)
    reading = replace(reading, shape=line.shape)
    load = grade_of(excess.sum(), week.recent(rules.recent)[1].sum())
    branch = line_carried(week, panel, line.mask, told.raised)
    owner = owner_of(reading.shape, branch, (places, _carried(week, line.mask, told)), load[0] == TOP)
    line = _noted(line, scene, reading.shape, owner)
    what = what_of(panel, line.mask, week.recent(rules.recent)[0].sum(axis=1), setting.wording)
    incident = INCIDENT.filled(what=what, weeks=rules.recent, observed=told.observed, expected=told.expected)
    cell = cell_of(branch, reading.shape, load, _likely(line, told, scene), (incident, setting.controls))
    leaves, units = np.flatnonzero(line.mask.any(axis=1)), np.flatnonzero(excess > 0)
    risk = Risk(
        lineage_id=line.lineage_id,
        title=title_of(branch, what, line.stage),
        line_code=branch,
        indicator_codes=tuple(dict.fromkeys(panel.leaves[leaf][1] for leaf in leaves)),
        unit_codes=tuple(panel.units[unit] for unit in units),
        since=panel.weeks[max(line.since, 0)],
        stage=line.stage,
        reach=line.reach,
        shape=reading.shape,
        owner=owner,
        level=Level.RED if load[0] == TOP else LEVELS[line.stage],
        cell=cell,
        explanation=explained(line, told, (reading, line.reach, owner), (branch, what, rules.recent)),
        figures=_figures(line, told, reading, rules),
        changes=line.changes,
        course=tuple({k: v for k, v in row.items() if k != "features"} for row in line.course),
    )
    return risk, line


def leant(line: Lineage, seen: Shape) -> Lineage:
    """A shape is said when it was read twice running, so that an owner does not change with the luck of a week."""
    if line.shape is None or seen == line.leaning:
        return replace(line, shape=seen, leaning="")
    return replace(line, leaning="" if seen is line.shape else str(seen))


def _excess(week: Week, mask: np.ndarray, told: Measures, rules: Rules) -> np.ndarray:
    """Cases above expectation per unit, a little for every unit that the risk holds, 0 elsewhere."""
    seen, mean = week.recent(rules.recent)
    leaves, held = mask.any(axis=1), mask.any(axis=0)
    held[told.raised] = True
    return np.where(held, np.maximum((seen - mean)[leaves].sum(axis=0), 1e-6), 0.0)


def _carried(week: Week, mask: np.ndarray, told: Measures) -> np.ndarray:
    """Excess per unit of what carries the risk, over the whole window: whose it is does not follow the luck of a week."""
    seen, mean = week.recent(len(week.cases))
    core = heart(week, mask, told.raised)
    return np.where(core.zone, np.maximum((seen - mean)[core.branch].sum(axis=0), 1e-6), 0.0)


def _likely(line: Lineage, told: Measures, scene: Scene) -> float:
    """The chance that it will be at least as ripe in four weeks, with nothing done."""
    if line.alarmed is None:
        return told.above
    return float(scene.chain.ahead(line.belief, AHEAD)[line.stage.rank :].sum())


def _noted(line: Lineage, scene: Scene, shape: Shape, owner: Owner) -> Lineage:
    """Shape and owner as dated changes: said before, said now."""
    for what, now in (("shape", str(shape)), ("owner", f"{owner.kind} {owner.unit_code}")):
        before = next((c.after for c in reversed(line.changes) if c.what == what), "")
        if before != now:
            line = line.turned(scene.change(what, before, now, reason=owner.reason.zh, reason_en=owner.reason.en))
    return line


def _figures(line: Lineage, told: Measures, reading: Reading, rules: Rules) -> dict:
    """Everything that the words rest on."""
    shares = {
        name: round(float(getattr(reading, name)), 4)
        for name in ("line_share", "place_share", "crossing_share", "zone_width", "branch_width", "places_raised")
    }
    return shares | {
        "observed": told.observed,
        "expected": round(told.expected, 3),
        "relative_risk": round(told.risk, 3),
        "above_normal": round(told.above, 4),
        "breadth": round(told.breadth, 3),
        "slope": round(told.slope, 3),
        "p": round(line.p, 6),
        "recurrence_weeks": round(1 / max(line.p, 1e-6), 1),
        "alarm_below": round(rules.alpha * (rules.eased if _returned(line) else 1.0), 4),
        "belief": [round(chance, 4) for chance in line.belief],
        "lines_raised": round(float(reading.lines_raised), 3),
    }


def _returned(line: Lineage) -> bool:
    return any(change.after == "returned" for change in line.changes)
