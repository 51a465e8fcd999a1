"""Assigning a task: by hand, as a part of another, to a unit that assists, or as a decision says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanjian.kernel.errors import BadInput
from guanjian.kernel.flow import Facts
from guanjian.loops.task.flow import ISSUERS
from guanjian.loops.task.models import Task
from guanjian.loops.task.needs import Kind, Role, Source
from guanjian.loops.task.rules import today
from guanjian.moving.placing import unit_for
from guanjian.moving.record import Record
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit


@dataclass(frozen=True)
class Assigned:
    """What is assigned: to which unit and post, by when, to which standard; a part has source and kind of the whole."""

    what: str
    unit: str
    post: str
    by: str
    standard: str
    requirement: str = ""
    role: str = Role.HOST
    source: str = Source.MEETING
    kind: str = Kind.DAILY


def open_by_hand(actor: Actor, unit: Unit, facts: Facts) -> Task:
    """A task that somebody assigns within his territory."""
    for code in [facts["unit"], *(row["unit"] for row in facts["assisting"])]:
        unit_for(actor, code, ISSUERS)
    if date.fromisoformat(facts["finish_by"]) < today():
        raise BadInput("完成期限不能早于今天。", "The date to finish by cannot lie before today.")
    said = {name: facts[name] for name in ("title", "requirement", "standard", "post", "source", "kind", "level")}
    day = date.fromisoformat(facts["finish_by"])
    asked = {"finish_by": day, "assisting": facts["assisting"], **_issued_by(unit)}
    return start(Task, actor, Unit.objects.get(pk=facts["unit"]), **said, **asked)


def assign(origin: Record, issuer: Unit, actor: Actor, given: Assigned) -> Task:
    """A task that follows from another record; that the unit is within reach was seen when it was named."""
    from_task = isinstance(origin, Task)
    return start(
        Task,
        actor,
        Unit.objects.get(pk=given.unit),
        title=given.what[:190],
        level=origin.level,
        origin=origin.key,
        source=origin.source if from_task else str(given.source),
        kind=origin.kind if from_task else str(given.kind),
        role=given.role,
        requirement=given.requirement,
        standard=given.standard,
        post=given.post,
        finish_by=date.fromisoformat(given.by),
        **_issued_by(issuer),
    )


def _issued_by(unit: Unit) -> Facts:
    return {f"issuer_{name}_code": code for name, code in
            (("unit", unit.code), ("house", unit.house_code), ("district", unit.district_code))}  # fmt: skip
