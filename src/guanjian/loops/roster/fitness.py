"""Who may stand a shift? Who serves there with what the post needs, is not away, has rested, and is tied to nobody in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA
from guanjian.loops.roster.flow import CUSTOMS, POLICE
from guanjian.loops.roster.shifts import Shift
from guanjian.org.certificates import needed, why_not_certified
from guanjian.org.models import Appointment, Leave
from guanjian.org.recusal import related

NOT_HERE = Text(
    "第{n}班：{who}当日不是本关现场关员（科长）或本关区缉私侦查员。",
    "Shift {n}: {who} does not serve here on that side that day.",
)
AWAY = Text("第{n}班：{who}当日已请假交由他人代办，不能排班。", "Shift {n}: {who} is on leave that day.")
NO_REST = Text(
    "{who}在两班之间休息不足{h}小时，或同一时间排了两班。",
    "{who} has two shifts at a time, or less than {h} hours of rest.",
)
TIED = Text(
    "第{n}班：{who}与同班人员或现场企业有已申报的关系，须回避。",
    "Shift {n}: {who} has a declared tie to the shift or the site.",
)


Held = dict[str, list[Appointment]]


@dataclass(frozen=True)
class Looked:
    """What is read once for all the people of a roster."""

    place: Any
    held: Held
    away: dict[str, list[Leave]]

    @classmethod
    def at(cls, place: Any, people: Collection[str]) -> Looked:
        """The posts that they hold here, and when they are away."""
        return cls(place, posts_of(place, people), _leaves(people))

    def why_not(self, who: str, shift: Shift, side: Collection[str]) -> Text | None:
        """The reason why this person may not stand this shift on this side."""
        first, last = days_of(shift)
        row = post_on(self.held, who, side, (first, last))
        if row is None:
            return NOT_HERE
        if any(leave.since <= last and first <= leave.until for leave in self.away.get(who, ())):
            return AWAY
        if related(who, {*shift.people, *self.place.parties()} - {who}):
            return TIED
        return why_not_certified(who, row.post, row.unit.district_code, first)


def why_unfit(place: Any, given: Sequence[Shift]) -> Text | None:
    """The first reason why somebody may not stand one of these shifts here."""
    looked = Looked.at(place, {one for shift in given for one in shift.people})
    for shift in given:
        for people, side in ((shift.customs, CUSTOMS), (shift.police, POLICE)):
            for who in people:
                if reason := looked.why_not(who, shift, side):
                    return reason.filled(n=shift.number, who=who) if reason in (NOT_HERE, AWAY, TIED) else reason
    return None


def unrested(given: Sequence[Shift], others: Sequence[Shift], rest: int) -> Text | None:
    """One shift at a time, and rest of so many hours before the next, on this roster and on the others."""
    hours, every = timedelta(hours=rest), [*given, *others]
    for one in given:
        for other in every:
            close = other.starts < one.ends + hours and one.starts < other.ends + hours
            if other is not one and close and (twice := sorted({*one.people} & {*other.people})):
                return NO_REST.filled(who=twice[0], h=rest)
    return None


def posts_of(place: Any, people: Collection[str]) -> Held:
    """By person: the posts in which he may stand here: of customs in this house, of the police in this district."""
    here = {"unit__house_code": place.house_code} if place.house_code else {"unit__district_code": place.district_code}
    customs = Q(post__in=CUSTOMS, unit__kind="customs", **here)
    police = Q(post__in=POLICE, unit__kind="police", unit__district_code=place.district_code)
    rows = Appointment.objects.filter(customs | police, person__username__in=people, person__is_active=True)
    found: Held = defaultdict(list)
    for row in rows.select_related("unit", "person").order_by("pk"):
        found[row.person.username].append(row)
    return found


def post_on(held: Held, person_id: str, side: Collection[str], days: Iterable[date]) -> Appointment | None:
    """The post of this side that he holds on all of these days."""
    days = tuple(days)
    return next(
        (row for row in held.get(person_id, ()) if row.post in side
         and all(row.since <= day and (row.until is None or day <= row.until) for day in days)),
        None,
    )  # fmt: skip


def qualified(place: Any, given: Sequence[Shift]) -> dict[str, dict[str, object]]:
    """By person: the post in which he stands, and the certificates that it needed on that day."""
    held, found = posts_of(place, {one for shift in given for one in shift.people}), {}
    for shift in given:
        for side, posts in ((shift.customs, CUSTOMS), (shift.police, POLICE)):
            for who in side:
                row = post_on(held, who, posts, days_of(shift))
                found[who] = {
                    "post": row.post,
                    "courses": list(needed(row.post, row.unit.district_code, days_of(shift)[0])),
                }
    return found


def days_of(shift: Shift) -> tuple[date, date]:
    """The first and the last day that it touches."""
    return shift.starts.astimezone(CHINA).date(), shift.ends.astimezone(CHINA).date()


def _leaves(people: Collection[str]) -> dict[str, list[Leave]]:
    found: dict[str, list[Leave]] = defaultdict(list)
    for leave in Leave.objects.filter(person__username__in=people, ended_on=None).select_related("person"):
        found[leave.person.username].append(leave)
    return found
