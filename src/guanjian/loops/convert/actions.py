"""Opening a conversion by hand, in the unit of whoever answers for it; the unit concerned must be within reach."""

from __future__ import annotations

from guanjian.kernel.flow import Facts
from guanjian.loops.convert.flow import FLOW
from guanjian.loops.convert.models import Convert
from guanjian.moving.placing import unit_for
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit


def open_by_hand(actor: Actor, unit: Unit, facts: Facts) -> Convert:
    """The finding as it was reported."""
    about = unit_for(actor, facts["about_unit"], FLOW.opens)
    return start(Convert, actor, unit, **{**facts, "about_unit": about.code})
