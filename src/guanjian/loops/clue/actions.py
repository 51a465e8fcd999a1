"""Opening a clue: from an alert that was disposed of so, or by hand."""

from __future__ import annotations

from guanjian.kernel.flow import Facts
from guanjian.kernel.papers import Subject
from guanjian.loops.clue.models import Clue
from guanjian.loops.clue.needs import Source
from guanjian.moving.record import Record
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit


def open_once_for(origin: Record, actor: Actor, source: str, summary: str) -> Clue:
    """The clue that another loop's record asks for, in its unit; asked again (an alert that came back), the same one."""
    if known := Clue.objects.filter(origin=origin.key).first():
        return known
    return start(
        Clue,
        actor,
        Unit.objects.get(pk=origin.unit_code),
        title=origin.title,
        level=origin.level,
        subject_type=origin.subject_type,
        subject_id=origin.subject_id,
        origin=origin.key,
        source=source,
        summary=summary,
    )


def open_by_hand(actor: Actor, unit: Unit, facts: Facts) -> Clue:
    """A clue that an officer found himself (主动发现)."""
    enterprise = facts["subject_id"]
    subject = {"subject_type": Subject.ENTERPRISE.value, "subject_id": enterprise} if enterprise else {}
    return start(Clue, actor, unit, title=facts["title"], **subject)


def open_on_watch(origin: Record, actor: Actor, told: Facts) -> Clue:
    """A clue that an officer on watch hands over, in the unit of the roster: another one each time."""
    subject = {"subject_type": Subject.ENTERPRISE.value, "subject_id": told["subject_id"]} if told["subject_id"] else {}
    unit = Unit.objects.get(pk=origin.unit_code)
    given = {"title": told["title"], "summary": told["summary"], "source": Source.ROSTER.value, "origin": origin.key}
    return start(Clue, actor, unit, **given, **subject)
