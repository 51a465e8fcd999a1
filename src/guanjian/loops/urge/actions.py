"""Urging what is overdue, and lifting the urging when the matter has moved on."""

from __future__ import annotations

from guanjian.loops.urge.flow import Kind, S, kind_after
from guanjian.loops.urge.models import Urge
from guanjian.moving.record import Record
from guanjian.moving.verbs import advance, start
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit

LEVEL = {Kind.URGE: "yellow", Kind.INTERVIEW: "orange", Kind.ACCOUNTABILITY: "red"}


def wait_of(record: Record) -> str:
    """The name of the wait that a record is in: the same wait is urged once."""
    return f"{record.key}@{record.state}@{record.entered_at:%Y%m%dT%H%M%S}"


def open_for(record: Record) -> Urge | None:
    """Urge an overdue matter; None when this very wait was urged before. Each further red of a matter weighs more."""
    name = wait_of(record)
    if Urge.objects.filter(wait=name).exists():
        return None
    kind = kind_after(Urge.objects.filter(origin=record.key).count())
    return start(
        Urge,
        SYSTEM,
        Unit.objects.get(pk=record.unit_code),
        title=f"{kind.label.zh}：{record.title}"[:200],
        level=LEVEL[kind],
        origin=record.key,
        kind=kind.value,
        wait=name,
        said=f"“{record.flow.title.zh}”事项在“{record.state_label.zh}”已超过期限。",
    )


def propose_for(record: Record, unit_code: str, said: str, part: str = "") -> Urge:
    """A proposal of accountability that an assessment made; `part` tells several of one matter apart."""
    return start(
        Urge,
        SYSTEM,
        Unit.objects.get(pk=unit_code),
        title=f"{Kind.ACCOUNTABILITY.label.zh}：{record.title}"[:200],
        level=LEVEL[Kind.ACCOUNTABILITY],
        origin=record.key,
        kind=Kind.ACCOUNTABILITY.value,
        wait=f"{wait_of(record)}#{part}",
        said=said,
    )


def lift(urge: Urge) -> Urge:
    """The matter has left the wait that was urged: nothing is owed any more."""
    return advance(urge, "lift", SYSTEM, {})


def open_urgings():
    """The urgings that a matter's own progress may still lift."""
    return Urge.objects.filter(state__in=[S.ISSUED.value, S.OBJECTED.value])
