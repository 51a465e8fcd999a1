"""Opening the classing of a unit, by hand or as the yearly review; the next one takes the place of the one before."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.kernel.flow import Facts
from guanjian.kernel.workdays import Limit
from guanjian.loops.classing.flow import FLOW, PROPOSED, S
from guanjian.loops.classing.models import Classing
from guanjian.moving.placing import unit_for
from guanjian.moving.verbs import advance, start
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.calendar import in_force
from guanjian.org.models import Unit

AHEAD = Limit(60, "cd", PROPOSED, "limit.classing.review_ahead")  # before a year is over
UNDER_WAY = (S.COUNTING, S.MEASURED, S.SUBMITTED)
YEARLY = "执行满一年，按期复核。"


def open_by_hand(actor: Actor, unit: Unit, facts: Facts) -> Classing:
    """The classing of a unit below one's own: its first, or an early review; what is in force stays so meanwhile."""
    place = unit_for(actor, facts["unit_code"], FLOW.opens)
    if all(held.unit_code == place.code for held in actor.holdings if held.post in FLOW.opens):
        raise NotAllowed("单位分类由上一级办理。", "A unit is classed by the level above.")
    there = Classing.objects.filter(unit_code=place.code)
    if there.filter(state__in=UNDER_WAY).exists():
        raise BadInput("该单位的分类正在办理。", "The classing of this unit is under way.")
    last = there.filter(state__in=(S.ADOPTED, S.FOLLOWED)).order_by("-since", "-pk").first()
    return _open(place, last.key if last else "", actor)


def open_next(before: Classing) -> Classing:
    """The review of what is in force: measured anew, with the present classes beside it."""
    return _open(Unit.objects.get(pk=before.unit_code), before.key, SYSTEM)


def _open(unit: Unit, origin: str, actor: Actor) -> Classing:
    title = f"{unit.name_zh}单位岗位分类" + ("（复核）" if origin else "")
    return start(
        Classing, actor, unit, title=title[:200], level="blue", origin=origin, sheet=f"{unit.code}@{origin or 'first'}"
    )


def follow(adopted: Classing) -> None:
    """The classes before this one end the day before its first; a unit has one at a time."""
    for one in Classing.objects.filter(unit_code=adopted.unit_code, state=S.ADOPTED).exclude(pk=adopted.pk):
        last = adopted.since - timedelta(days=1)
        advance(one, "follow", SYSTEM, {"by": adopted.key, "last_day": last.isoformat()})


def begin_reviews(day: date | None = None) -> int:
    """The yearly review begins before the year is over; how many. Asking again begins none."""
    today = day or timezone.localdate()
    ahead, begun = timedelta(days=in_force(AHEAD, today).amount), 0
    for one in Classing.objects.filter(state=S.ADOPTED, since__isnull=False).order_by("pk"):
        if one.review_by - ahead <= today and one.flow.step("review").bar(one) is None:
            advance(one, "review", SYSTEM, {"reason": YEARLY})
            begun += 1
    return begun
