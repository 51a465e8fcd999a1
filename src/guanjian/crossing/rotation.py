"""Who has been in a post for as long as its class allows, who is short of the hours that it asks for? Both open by themselves, once.

Counted are days in a post and hours of courses passed. Nothing else about a person is looked at, and no person gets a figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from django.db.models import Q
from django.utils import timezone

from guanjian.kernel.workdays import Limit, add_months
from guanjian.loops.classing.flow import PROPOSED
from guanjian.loops.classing.models import Classing
from guanjian.loops.classing.needs import Grade
from guanjian.loops.classing.policy import Measures
from guanjian.loops.course import actions as courses
from guanjian.loops.posting import actions as postings
from guanjian.loops.training import actions as trainings
from guanjian.org.calendar import in_force
from guanjian.org.models import Appointment, Certificate
from guanjian.org.serving import served_since

ROTATION = Limit(90, "cd", PROPOSED, "limit.classing.rotation_ahead")  # before the longest stay is over
TRAINING = Limit(90, "cd", PROPOSED, "limit.classing.training_ahead")  # before the year is over
WHY = "{classing}：本岗位为{grade}，同岗最长任职{months}个月；自{since}起任职，至{until}期满。"
BECAUSE = "（同岗{months}个月，{until}期满）"
SHORT = "年度学时不足（{classing}：每年{quota}学时，本年应修{due}，已修和在修{done}）"


@dataclass(frozen=True)
class Place:
    """One person in a post that has a class today."""

    held: Appointment
    classing: Classing
    grade: str
    asked: Measures

    @property
    def person_id(self) -> str:
        """Who it is."""
        return self.held.person.username


def turn(day: date | None = None) -> dict[str, int]:
    """Open the rotations and the trainings that are due; how many. Asking again opens nothing."""
    today = day or timezone.localdate()
    found = list(places(today))
    return {
        "rotations": sum(rotate(one, today) for one in found),
        "trainings": sum(train(one, today) for one in found) if _year_ends(today) else 0,
    }


def rotate(one: Place, today: date) -> bool:
    """One rotation to a stay, when its end is near or past."""
    held = one.held
    since = served_since(one.person_id, (held.unit_id, held.post), held.since)
    until = add_months(since, one.asked.stay_months)
    if until - timedelta(days=in_force(ROTATION, today).amount) > today:
        return False
    told = {"classing": one.classing.key, "grade": Grade(one.grade).label.zh, "months": one.asked.stay_months}
    why = WHY.format(**told, since=since, until=until)
    because = BECAUSE.format(months=one.asked.stay_months, until=until)
    return postings.open_for_stay(one.classing, held, postings.Stay(since, until, because, why)) is not None


def train(one: Place, today: date) -> int:
    """Courses of the post that are not passed this year, until the hours are there; each once in a year."""
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    begun = max(first, one.classing.since, one.held.since)
    due = ceil(one.asked.hours * ((last - begun).days + 1) / ((last - first).days + 1))
    on_offer = courses.with_hours(one.held.post, one.classing.district_code)
    taken = _passed(one.person_id, first) | trainings.under_way(one.person_id)
    done = sum(courses.hours_of(taken).values())
    title = SHORT.format(classing=one.classing.key, quota=one.asked.hours, due=due, done=done)
    opened = 0
    for code, hours in on_offer.items():
        if done >= due:
            break
        if code in taken or trainings.was_asked(one.person_id, code, one.classing.key, first):
            continue
        if trainings.assign(one.held, code, (title, last), origin=one.classing.key):
            done, opened = done + hours, opened + 1
    return opened


def places(today: date) -> Iterator[Place]:
    """Everybody in a post that has a class in force today."""
    now = Q(until=None) | Q(until__gte=today)
    for classing in Classing.objects.on(today):
        asked = {post: (grade, measures) for post, grade, measures in classing.of_posts()}
        there = Q(unit_id=classing.unit_code) | (Q(unit__house_code=classing.unit_code) & ~Q(unit__house_code=""))
        held = Appointment.objects.filter(now & there, since__lte=today, post__in=asked, person__is_active=True)
        for one in held.select_related("person", "unit").order_by("pk"):
            yield Place(one, classing, *asked[one.post])


def _year_ends(today: date) -> bool:
    return today + timedelta(days=in_force(TRAINING, today).amount) > date(today.year, 12, 31)


def _passed(person_id: str, since: date) -> set[str]:
    return set(
        Certificate.objects.filter(person_id=person_id, passed=True, on__gte=since).values_list("course", flat=True)
    )
