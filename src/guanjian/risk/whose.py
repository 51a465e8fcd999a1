"""How does it lie, and whose is it? Systemic, regional, crossed or single, with all shares; the owner by the rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, xlogy

from guanjian.customs.codes import codes
from guanjian.kernel.risks import Answerable, Owner, Shape
from guanjian.kernel.words import Text
from guanjian.risk.clusters import Week
from guanjian.risk.panel import Panel
from guanjian.risk.places import Places
from guanjian.stats.scan.reading import WIDE, Reading, shape_of, shares

HEADQUARTERS = "0000"
ALONE = (
    0.6  # one unit, or indicator, with this share of the excess is a point: what it drags along by luck is not counted
)
FEW_LEAVES = 3  # with fewer indicators in all, none of them can be called a broad branch
BEYOND = Text(
    "后果超出本单位自身处置能力，直接报总署。",
    "The consequence is beyond the unit's own means: straight to headquarters.",
)
WHY = {
    Shape.SYSTEMIC: Text(
        "沿业务条线蔓延的系统性风险，由总署职能部门负责。", "Systemic along a line: headquarters' department answers."
    ),
    Shape.GENERAL: Text("各条线、各关区普遍出现，由总署负责。", "In all lines and districts: headquarters answers."),
    Shape.REGIONAL: Text("区域性风险，由该关领导班子负责。", "Regional: the leadership of the district answers."),
    Shape.CROSS: Text(
        "一条线跨关区，由总署职能部门牵头，有关关领导班子各负其责。",
        "One line across districts: headquarters' department leads, each leadership in its own.",
    ),
    Shape.SINGLE: Text(
        "单点风险，由该单位负责，直属海关监督。", "A single point: the unit answers, its district supervises."
    ),
}
IN_ONE = Text(
    "集中在一个关区，由该关领导班子负责，总署职能部门指导。",
    "Within one district: its leadership answers, headquarters' department guides.",
)


@dataclass(frozen=True)
class Heart:
    """What carries a risk: its indicators (L,) and units (P,), and how many of each; one that holds most counts alone."""

    branch: np.ndarray
    zone: np.ndarray
    size: tuple[int, int]  # units, indicators


def heart(week: Week, mask: np.ndarray, raised: np.ndarray) -> Heart:
    """Over the whole window: units that are raised belong to it, in its cells or not, if they are more than chance."""
    seen, mean = week.recent(len(week.cases))
    zone, phi = mask.any(axis=0), week.noise(mask)
    zone[raised] = True
    branch = mask.any(axis=1) & (mean.sum(axis=1) > 0)
    zone = _earned(seen[branch].sum(axis=0), mean[branch].sum(axis=0), phi, zone)
    branch = _earned(seen[:, zone].sum(axis=1), mean[:, zone].sum(axis=1), phi, branch)
    parts = (
        np.where(zone, seen - mean, 0)[branch].sum(axis=0),
        np.where(branch[:, None], seen - mean, 0)[:, zone].sum(axis=1),
    )
    return Heart(branch, zone, tuple(_many(part, held) for part, held in zip(parts, (zone, branch), strict=True)))


def _earned(seen: np.ndarray, mean: np.ndarray, phi: float, given: np.ndarray) -> np.ndarray:
    """Of the given parts the strongest so many whose evidence is furthest above that of so many picked by chance."""
    n, most = len(seen), np.maximum(seen, mean)
    gain = np.where(given, (xlogy(most, most / np.maximum(mean, 1e-9)) - most + mean) / phi, 0.0)
    order, many = np.argsort(-gain, kind="stable"), np.arange(1, n + 1)
    ways = gammaln(n + 1) - gammaln(many + 1) - gammaln(n - many + 1)
    best = int((gain[order].cumsum() - ways)[: max(1, int(given.sum()))].argmax()) + 1
    return given & np.isin(np.arange(n), order[:best])


def _many(excess: np.ndarray, held: np.ndarray) -> int:
    """How many parts there are; one, where one holds most of the excess."""
    above = np.maximum(excess, 0)
    return 1 if above.max() >= ALONE * above.sum() else int(held.sum())


def read(week: Week, mask: np.ndarray, raised: np.ndarray) -> Reading:
    """Read what carries a risk over the whole window."""
    seen, mean = week.recent(len(week.cases))
    used = np.flatnonzero(mean.sum(axis=1) > 0)
    carried = heart(week, mask, raised)
    branch, zone = carried.branch[used], carried.zone
    seen, mean = seen[used], mean[used]
    line, place, crossing = shares(seen, mean, week.noise(mask))
    width = mean[branch][:, zone].sum() / np.maximum([mean[branch].sum(), mean[:, zone].sum()], 1e-12)
    broad = bool(width[1] >= WIDE and len(used) >= FEW_LEAVES)
    with np.errstate(divide="ignore", invalid="ignore"):
        lines_raised = np.nan_to_num(seen[:, zone].sum(axis=1) / mean[:, zone].sum(axis=1)) > 1
    return Reading(
        shape_of(bool(width[0] >= WIDE), broad, carried.size),
        line,
        place,
        crossing,
        float(width[0]),
        float(width[1]),
        float(zone.mean()),
        float(lines_raised.mean()),
    )


def line_of(panel: Panel, mask: np.ndarray) -> str:
    """The line that holds all its indicators, or what these lines hang under together; empty when there is none."""
    mine = {panel.leaves[leaf][0] for leaf in np.flatnonzero(mask.any(axis=1))}
    if len(mine) > 1:
        known = codes("lines")
        mine = {(known[line].more["parent"] or line) if line in known else line for line in mine}
    return mine.pop() if len(mine) == 1 else ""


def line_carried(week: Week, panel: Panel, mask: np.ndarray, raised: np.ndarray) -> str:
    """The line of the indicators that carry a risk: one that luck drags along does not make it a matter of all lines."""
    return line_of(panel, mask & heart(week, mask, raised).branch[:, None])


def owner_of(shape: Shape, line: str, where: tuple[Places, np.ndarray], beyond: bool) -> Owner:
    """The rule of responsibility; `where`: the places, and the excess per unit (0 where the risk is not)."""
    places, excess = where
    inside = np.bincount(places.group, np.maximum(excess, 0), minlength=len(places.districts))
    held = [places.districts[g] for g in np.argsort(-inside, kind="stable") if inside[g] > 0]
    held = held or [places.district[int(np.argmax(excess))]]
    if beyond:
        return Owner(Answerable.DEPARTMENT, HEADQUARTERS, line, tuple(held), BEYOND)
    if shape is Shape.REGIONAL:
        return Owner(Answerable.LEADERSHIP, held[0], "", tuple(held[1:]), WHY[shape])
    if shape is Shape.SINGLE:
        return Owner(Answerable.UNIT, places.codes[int(np.argmax(excess))], line, (held[0],), WHY[shape])
    if shape is Shape.CROSS and len(held) == 1:
        return Owner(Answerable.LEADERSHIP, held[0], line, (HEADQUARTERS,), IN_ONE)
    others = tuple(held) if shape is Shape.CROSS else ()
    return Owner(Answerable.DEPARTMENT, HEADQUARTERS, line, others, WHY[shape])
