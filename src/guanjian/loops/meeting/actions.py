"""Calling a meeting, for a day that is not over."""

from __future__ import annotations

from datetime import date

from guanjian.kernel.errors import BadInput
from guanjian.kernel.flow import Facts
from guanjian.loops.meeting.models import Meeting
from guanjian.loops.meeting.rules import planned_ahead
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit


def call(actor: Actor, unit: Unit, facts: Facts) -> Meeting:
    """The meeting in the unit of whoever calls it."""
    if reason := planned_ahead(None, facts):
        raise BadInput(reason)
    return start(Meeting, actor, unit, **{**facts, "planned_on": date.fromisoformat(facts["planned_on"])})
