"""Which class do the data suggest for a unit and its posts? Measured for those that wait for it; nothing is adopted here."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils import timezone

from guanjian.crossing.reference import post_in_the_office
from guanjian.ingest.lake import Lake
from guanjian.kernel.errors import BadInput, NotFound
from guanjian.lenses.standing import Standing, problems_by_line, standings
from guanjian.loops.classing.actions import begin_reviews
from guanjian.loops.classing.models import Classing
from guanjian.loops.classing.needs import Factor
from guanjian.loops.classing.policy import Policy, policy
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Appointment, Unit
from guanjian.org.posts import WORKERS, Post, UnitLevel
from guanjian.org.powers import held_on

log = logging.getLogger(__name__)
WEIGHT = {"high": 3.0, "medium": 2.0, "low": 1.0}
NO_DATA = "没有导入业务数据：单位类别未测算，岗位只按内控节点测算"
UNREADABLE = "业务数据暂不可读：单位类别未测算，岗位只按内控节点测算"
NOT_IN_DATA = "业务数据中没有本单位人员：单位类别未测算"
TOO_LITTLE = "有数据的因素不到全部权重的一半：单位类别未测算"


@dataclass(frozen=True)
class Known:
    """What the lake tells for one turn: units among their peers, problems by line, how far the four flags hold."""

    units: dict[str, Standing] = field(default_factory=dict)
    problems: dict[tuple[str, str], int] = field(default_factory=dict)  # (unit, business line)
    flags: dict[tuple[str, str], float] = field(
        default_factory=dict
    )  # (node, district): share of objects with all four
    missing: str = ""


def turn(lake: Path | None, day: date | None = None) -> dict[str, int]:
    """Begin the reviews that are due, measure every classing that waits for it; how many."""
    today = day or timezone.localdate()
    begun = begin_reviews(today)
    waiting = list(Classing.objects.filter(state="counting").order_by("pk"))
    known = _known(lake, today) if waiting else Known()
    for one in waiting:
        advance(one, "measure", SYSTEM, measured(one, known, today))
    return {"reviews": begun, "measured": len(waiting)}


def measured(one: Classing, known: Known, today: date) -> dict[str, Any]:
    """The facts of the step: index and class of the unit with their factors, and of each post that somebody holds there."""
    held, stands = policy(today), known.units.get(one.unit_code)
    load = stands.load(held.weights) if stands else None
    return {
        "measured_on": today.isoformat(),
        "measured_class": held.grade(load).value if load is not None else "",
        "load": f"{load:.2f}" if load is not None else "",
        "factors": _factors(stands, held) if stands else [],
        "measured_posts": _posts(one, known, held, 1.0 if load is None else load),
        "missing": known.missing or (NOT_IN_DATA if stands is None else TOO_LITTLE if load is None else ""),
    }


def _factors(stands: Standing, held: Policy) -> list[dict[str, str]]:
    """Those of which a peer has anything; the others do not count."""
    known = [one for one in Factor if stands.means[one] > 0 and held.weights.get(one, 0) > 0]
    return [
        {"factor": one.value, "value": f"{stands.values[one]:.3g}", "mean": f"{stands.means[one]:.3g}",
         "weight": f"{held.weights[one]:g}"}
        for one in known
    ]  # fmt: skip


def _posts(one: Classing, known: Known, held: Policy, load: float) -> list[dict[str, str]]:
    """Each post in the unit: the weight of its nodes against the mean of all posts, times how the unit stands."""
    nodes = _nodes_of_posts(one)
    weights = {
        post: sum(_weight(one, node, known) for node in of_post) + _problems(one, of_post, known)
        for post, of_post in nodes.items()
    }
    borne = [weight for weight in weights.values() if weight]
    mean = sum(borne) / len(borne)
    told = []
    for post in _held_there(one):
        index, of_post = weights[post] / mean * load, nodes[post]
        gaps = [node.title.zh for node in of_post if _flags(one, node.code, known) < 1]
        row = {
            "post": post.value,
            "grade": held.grade(index).value,
            "index": f"{index:.2f}",
            "nodes": str(len(of_post)),
        }
        told.append({**row, "gaps": "、".join(gaps)[:300], "problems": str(_problems(one, of_post, known))})
    return told


def _nodes_of_posts(one: Classing) -> dict[Post, list]:
    """The nodes of the catalogue by the posts of such a unit, as they are held in this district today."""
    from guanjian.signals.nodes.catalogue import nodes

    unit, moved = Unit.objects.get(pk=one.unit_code), held_on(timezone.localdate(), one.district_code)
    found: dict[Post, list] = {post: [] for post in WORKERS}
    for code, node in nodes().items():
        for post in {Post(moved[code].post)} if code in moved else _hands(node, unit):
            found[post].append(node)
    return found


def _hands(node: Any, unit: Unit) -> set[Post]:
    """Whose the node is in this unit and its sections; some functional posts have no part in the loops."""
    levels = {unit.level, UnitLevel.SECTION.value}
    return {post_in_the_office(node.facts["post"], level, unit.kind) for level in levels} - {None}


def _weight(one: Classing, node: Any, known: Known) -> float:
    """Its level, more where its flags do not hold."""
    return WEIGHT[node.facts["level"]] * (2 - _flags(one, node.code, known))


def _problems(one: Classing, nodes: Collection[Any], known: Known) -> int:
    """The problems established in the unit on the lines of these nodes, each once."""
    return sum(known.problems.get((one.unit_code, line), 0) for line in {node.line for node in nodes})


def _flags(one: Classing, node: str, known: Known) -> float:
    """How far all four flags hold in the district: 1 where they bear (95 %), and where nothing was measured."""
    from guanjian.signals.nodes.coverage import ENOUGH

    share = known.flags.get((node, one.district_code), 1.0)
    return 1.0 if share >= ENOUGH else share


def _held_there(one: Classing) -> Collection[Post]:
    """The posts that somebody holds in the unit or its sections today, in the order of the list."""
    today = timezone.localdate()
    now = Q(until=None) | Q(until__gte=today)
    there = Q(unit_id=one.unit_code) | (Q(unit__house_code=one.unit_code) & ~Q(unit__house_code=""))
    held = set(Appointment.objects.filter(now & there, since__lte=today).values_list("post", flat=True))
    return [post for post in WORKERS if post in held]


def _known(lake: Path | None, today: date) -> Known:
    """A classing does not wait for data: it says what is missing."""
    try:
        if lake is None:
            return Known(missing=NO_DATA)
        return Known(standings(lake, today), problems_by_line(lake, today), _coverage(Lake.open(lake)))
    except NotFound:
        return Known(missing=NO_DATA)
    except (BadInput, OSError):
        log.exception("classes of units")
        return Known(missing=UNREADABLE)


def _coverage(lake: Lake) -> dict[tuple[str, str], float]:
    from guanjian.engine.session import Session
    from guanjian.signals.nodes.coverage import coverage, shares

    with Session(lake) as session:
        found = shares(coverage(session), ["node_code", "district_code"])
    rows = found[["node_code", "district_code", "four"]].itertuples(index=False)
    return {(node, district): float(four) for node, district, four in rows}
