"""A duty list of one leader, as far as a test needs it."""

import pytest

from guanjian.crossing import duties
from guanjian.loops.duty.actions import open_list
from guanjian.loops.duty.models import Duty
from guanjian.loops.rectify.actions import open_problem
from guanjian.org.models import Unit
from tests.cast import actor, person
from tests.days import date_in, day
from tests.loops.behind import rewrite
from tests.loops.moves import go

__all__ = ("running",)  # the fixtures; the rest is asked for by name


ITEMS = [
    {"kind": "inspect", "line": "business", "least": "1"},
    {"kind": "talk", "line": "integrity", "least": "1"},
]


PROBLEM = {
    "title": "封志登记不全",
    "problem": "抽查发现封志号漏登。",
    "source": "own",
    "gap_code": "",
    "node_code": "seal",
}


def asked(**changes):
    facts = {"unit_code": "2201", "post": "house_leader", "holder": "house_head", "items": ITEMS}
    return {**facts, "period_from": day(-10), "period_until": day(20), **changes}


def drawn(**changes):
    for name in ("house_head", "chief", "front", "police_head", "function", "leader"):
        person(name)
    return open_list(actor("leader"), Unit.objects.get(pk="2200"), asked(**changes))


@pytest.fixture
def running(office):
    return drawn()


def problem(who, **changes):
    return open_problem(actor(who), Unit.objects.get(pk="2201"), {**PROBLEM, "level": "yellow", **changes})


def over(duty):
    """The list with its period over yesterday and the evidence of it taken."""
    Duty.objects.filter(pk=duty.pk).update(period_until=date_in(-1))
    duties.turn()
    return Duty.objects.get(pk=duty.pk)


def with_evidence(duty):
    """What was left in the trace so far, as the last day of the period shows it."""
    duties.turn()
    rewrite(duty, state="to_state")
    return Duty.objects.get(pk=duty.pk)


def stated(duty):
    return go(with_evidence(duty), ("state", "house_head"))


def counts(duty):
    return {(row["kind"], row["line"]): int(row["found"]) for row in Duty.objects.get(pk=duty.pk).counted()}
