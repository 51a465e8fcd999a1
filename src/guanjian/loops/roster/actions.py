"""Opening a roster for a site and a period, and reading the trace when the period is over."""

from __future__ import annotations

from datetime import date, timedelta

from guanjian.kernel.errors import BadInput
from guanjian.kernel.flow import Facts
from guanjian.kernel.papers import Subject
from guanjian.loops.roster.models import Roster
from guanjian.loops.roster.rules import now
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit

MOST = timedelta(days=31)


def open_by_hand(actor: Actor, unit: Unit, facts: Facts) -> Roster:
    """A roster of this house for a period that is not over, of a month at most."""
    first, last = (date.fromisoformat(facts[name]) for name in ("from_day", "until_day"))
    if not first <= last < first + MOST or last < now().date():
        raise BadInput(
            "值班期须先起后止、尚未结束、最长31天。", "The period ends after it begins, is not over, 31 days at most."
        )
    site = {"subject_type": Subject.ENTERPRISE.value, "subject_id": facts["enterprise"]} if facts["enterprise"] else {}
    title = f"联合值班：{facts['place']} {first:%m-%d}至{last:%m-%d}"
    return start(Roster, actor, unit, title=title[:190], place=facts["place"], from_day=first, until_day=last, **site)
