"""Opening a rectification; a problem that comes back within a year is raised by a level and says which it repeats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from guanjian.kernel.flow import Facts
from guanjian.kernel.papers import Level
from guanjian.loops.rectify.models import Rectify
from guanjian.moving.record import Record
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit

RECURS_WITHIN = timedelta(weeks=52)


def earlier(unit: Unit, gap_code: str, node_code: str) -> list[str]:
    """The keys of the problems of the same unit and the same gap or node within the last 52 weeks."""
    same = Rectify.objects.filter(unit_code=unit.code, opened_at__gte=timezone.now() - RECURS_WITHIN)
    found = same.filter(gap_code=gap_code) if gap_code else same.none()
    found |= same.filter(node_code=node_code) if node_code else same.none()
    return [record.key for record in found.order_by("pk")]


def raised(level: str) -> str:
    """One level more urgent; red stays red."""
    return list(Level)[max(0, Level(level).rank - 1)].value


def open_problem(actor: Actor, unit: Unit, problem: Facts, origin: str = "") -> Rectify:
    """Open the problem (title, problem, source, level, gap_code, node_code) in the unit that has to mend it."""
    repeated = earlier(unit, problem["gap_code"], problem["node_code"])
    return start(
        Rectify,
        actor,
        unit,
        **{name: problem[name] for name in ("problem", "source", "gap_code", "node_code")},
        title=("【复发】" if repeated else "") + problem["title"],
        level=raised(problem["level"]) if repeated else problem["level"],
        found_at_level=problem["level"],
        recurrence_of=repeated,
        origin=origin,
    )


def open_once_for(origin: Record, actor: Actor, problem: Facts) -> Rectify:
    """The rectification that another loop's record asks for, in that record's unit; asked again, the same one."""
    if known := Rectify.objects.filter(origin=origin.key).first():
        return known
    return open_problem(actor, Unit.objects.get(pk=origin.unit_code), problem, origin.key)


def open_each_for(origin: Record, actor: Actor, problems: Iterable[Facts]) -> None:
    """One rectification to each problem of that record, in its unit; asked again, only for those that are new."""
    unit, known = Unit.objects.get(pk=origin.unit_code), Rectify.objects.filter(origin=origin.key)
    told = set(known.values_list("problem", flat=True))
    for problem in problems:
        if problem["problem"] not in told:
            open_problem(actor, unit, problem, origin.key)


def open_in_units(origin: Record, actor: Actor, problems: Iterable[tuple[str, Facts]]) -> None:
    """One rectification to each (unit, problem) that another loop's record demands."""
    for code, problem in problems:
        open_problem(actor, Unit.objects.get(pk=code), problem, origin.key)
