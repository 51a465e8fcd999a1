"""Where the examples play and whose hands take their steps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from guanjian.crossing import cast
from guanjian.kernel.papers import Finding, Level, Subject
from guanjian.loops.alert.flow import S as AlertState
from guanjian.loops.alert.models import Alert
from guanjian.moving.record import Record
from guanjian.moving.verbs import advance
from guanjian.org import keyring
from guanjian.org.actor import Actor
from guanjian.org.models import Appointment, Person, Unit
from guanjian.org.posts import Post, UnitLevel
from guanjian.org.unlocked import unlocked

SINCE = date(2026, 1, 1)
SOURCE = "simulated-example"
Move = tuple[str, str, dict[str, Any]]  # who, which step, which facts


def day(offset: int) -> str:
    """A day so many days from today."""
    return (timezone.localdate() + timedelta(days=offset)).isoformat()


@dataclass(frozen=True)
class Place:
    """A house of the demonstration with its neighbour, its district and its bureau."""

    house: str
    neighbour: str
    district: str
    bureau: str

    def person(self, who: str) -> Person:
        """`frontline`, `function.2`, `0000.oversight`: the post, which of several, the unit where it is not the usual one."""
        unit, _, rest = who.partition(".") if who[:1].isdigit() else ("", "", who)
        return Person.objects.get(username=f"demo.{unit or self._unit_of(rest.partition('.')[0])}.{rest}")

    def _unit_of(self, post: str) -> str:
        if post in cast.IN_A_HOUSE:
            return self.house
        return self.bureau if post in cast.IN_A_BUREAU else self.district

    def actor(self, who: str) -> Actor:
        """The same as somebody who acts."""
        return self.person(who).actor()

    def unit(self, code: str = "") -> Unit:
        """A unit by its code; the house when none is named."""
        return Unit.objects.get(pk=code or self.house)

    def take(self, record: Record, *moves: Move) -> Record:
        """Take one step after the other, each by the hands named."""
        for who, step, facts in moves:
            record = advance(record, step, self.actor(who), facts)
        return record

    @contextmanager
    def unlocked(self, *whose: str) -> Iterator[None]:
        """With the keys of these people open, as after their sign-in."""
        people = [self.person(who) for who in whose]
        with unlocked({person.username: keyring.demonstrate(person) for person in people}):
            yield


def somewhere() -> Place:
    """The house where the most urgent alert about an enterprise's prices was found, or else the first where the cast is."""
    held = Appointment.objects.filter(person__username__startswith="demo.", post=Post.FRONTLINE, until=None)
    houses = sorted(set(held.filter(unit__level=UnitLevel.HOUSE).values_list("unit_id", flat=True)))
    found = waiting().filter(house_code__in=houses).first()
    unit = Unit.objects.get(pk=found.house_code if found else houses[0])
    beside = Unit.objects.filter(district_code=unit.district_code, level=UnitLevel.HOUSE).exclude(pk=unit.pk)
    neighbour = beside.order_by("code").first().code
    for code in (unit.code, neighbour):
        cast.engage_for(code, SINCE)
    return Place(unit.code, neighbour, unit.district_code, f"{unit.district_code[:2]}P0")


def waiting() -> QuerySet[Alert]:
    """The alerts about an enterprise's prices that nobody has touched, the most urgent first."""
    found = Alert.objects.filter(code__startswith="VAL-", subject_type=Subject.ENTERPRISE, state=AlertState.PUSHED)
    return found.order_by("rank", "pk")


def finding(place: Place, subject: tuple[Subject, str], said: str, **changes: Any) -> Finding:
    """A finding made for an example, where none was found by itself."""
    kind, number = subject
    given = {
        "code": "VAL-01",
        "unit_code": place.house,
        "line_code": "VAL",
        "subject_type": kind,
        "subject_id": number,
        "period": "2026-10",
        "score": 4.2,
        "level": Level.ORANGE,
        "explanation": said,
        "run_id": "example",
        "evidence": {"detector_zh": "模拟：示例线索", "detector_en": "Simulated example"},
    }
    return Finding(**{**given, **changes})
