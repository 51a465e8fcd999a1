"""Opening a filing: a district's reform that was decided through the gates."""

from __future__ import annotations

from guanjian.loops.filing.models import Filing
from guanjian.moving.record import Record
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit


def open_for(decided: Record, actor: Actor) -> Filing:
    """The filing in the district, whatever unit of it decided."""
    unit = Unit.objects.get(pk=decided.district_code)
    return start(Filing, actor, unit, title=decided.title, level=decided.level, origin=decided.key, decided=decided.key)
