"""A house with its classes in force, for what opens by itself because of them."""

from guanjian import wiring
from guanjian.crossing import classes
from guanjian.kernel.workdays import add_months
from guanjian.loops.classing.actions import open_by_hand
from guanjian.loops.classing.models import Classing
from guanjian.moving import verbs
from guanjian.org.models import Appointment, Unit
from tests import cast
from tests.cast import actor, person
from tests.days import today
from tests.loops.moves import go


def classed_house(monkeypatch) -> Classing:
    """House 2201 with two of the front line and their head, classed from today: the front line A, three years at most."""
    monkeypatch.setattr(verbs, "SUBSCRIBERS", dict(wiring.CHAIN))
    cast.settle()
    for name in ("front", "colleague", "house_head"):
        person(name)
    Appointment.objects.update(since=add_months(today(), -12))
    one = open_by_hand(actor("function"), Unit.objects.get(pk="2200"), {"unit_code": "2201"})
    classes.turn(None)
    return go(Classing.objects.get(pk=one.pk), ("propose", "function"), ("adopt", "leader"))
