"""Opening a clue: from an alert that was disposed of so, or by hand."""

from __future__ import annotations

from guanjian.kernel.flow import Facts
from guanjian.kernel.papers import Subject
from guanjian.loops.clue.models import Clue
from guanjian.moving.record import Record
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit


def open_from_alert(alert: Record, actor: Actor) -> Clue:
    """The clue of this alert, in its unit; an alert that comes back and is disposed of again keeps its clue."""
    if known := Clue.objects.filter(origin=alert.key).first():
        return known
    return start(
        Clue,
        actor,
        Unit.objects.get(pk=alert.unit_code),
        title=alert.title,
        level=alert.level,
        subject_type=alert.subject_type,
        subject_id=alert.subject_id,
        origin=alert.key,
        source="alert",
        summary=alert.explanation,
    )


def open_by_hand(actor: Actor, unit: Unit, facts: Facts) -> Clue:
    """A clue that an officer found himself (主动发现)."""
    enterprise = facts["subject_id"]
    subject = {"subject_type": Subject.ENTERPRISE.value, "subject_id": enterprise} if enterprise else {}
    return start(Clue, actor, unit, title=facts["title"], **subject)
