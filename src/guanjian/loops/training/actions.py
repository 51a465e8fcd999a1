"""Assigning training to people, marking what they hand in, and what the days bring: refreshers and expiry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial

from django.db.models import Q, QuerySet
from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.kernel.flow import Facts
from guanjian.kernel.workdays import Limit, add_months
from guanjian.loops.training import bank
from guanjian.loops.training.flow import LAW, LEARNERS, TRAINERS, S
from guanjian.loops.training.models import Training
from guanjian.moving.placing import unit_for
from guanjian.moving.record import Record
from guanjian.moving.verbs import advance, start
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.calendar import in_force
from guanjian.org.models import Appointment, Unit

REFRESHED = Limit(2, "m", LAW, "limit.training.refreshed")  # before the certificate expires
GOING = ("assigned", "ready", "sitting", "handed_in", "failed")


def open_by_hand(actor: Actor, unit: Unit, facts: Facts) -> Training:
    """One training to each person named, in the unit where he serves; all of them or none."""
    if date.fromisoformat(facts["until"]) <= timezone.localdate():
        raise BadInput("完成期限须在今天之后。", "The date to be done by lies ahead.")
    if bank.version(facts["course"]) is None:
        raise BadInput(f"课程“{facts['course']}”没有使用中的版本。", f"Course “{facts['course']}” is not in use.")
    held = [_served_by(actor, person_id) for person_id in dict.fromkeys(facts["officers"])]
    until = date.fromisoformat(facts["until"])
    opened = [assign(one, facts["course"], (facts["title"], until), actor) for one in held]
    if not any(opened):
        raise BadInput("所填人员都已有这门课程的在训事项。", "All of them are in training in this course already.")
    return next(filter(None, opened))


def _served_by(actor: Actor, person_id: str) -> Appointment:
    held = posts_now().filter(person__username=person_id).select_related("unit", "person").first()
    if held is None:
        raise BadInput(f"“{person_id}”没有在任岗位，请核对工号。", f"“{person_id}” holds no post: check the number.")
    unit_for(actor, held.unit_id, TRAINERS)
    return held


def posts_now() -> QuerySet[Appointment]:
    """The posts held today whose holders can be trained."""
    today = timezone.localdate()
    held = Appointment.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today, post__in=LEARNERS)
    return held.order_by("pk")


def assign(
    held: Appointment, course: str, asked: tuple[str, date], actor: Actor = SYSTEM, origin: str = ""
) -> Training | None:
    """A training of this person, asked for with a title and a day, unless he is in training in this course already."""
    title, until = asked
    person_id = held.person.username
    if Training.objects.filter(officer_id=person_id, course=course, state__in=GOING).exists():
        return None
    named = f"{title} · {held.person.name_zh}"[:190]
    return start(
        Training, actor, held.unit, title=named, officer_id=person_id, course=course, until=until, origin=origin
    )


def under_way(person_id: str) -> set[str]:
    """The courses that this person is in training in."""
    return set(Training.objects.filter(officer_id=person_id, state__in=GOING).values_list("course", flat=True))


def was_asked(person_id: str, course: str, origin: str, since: date) -> bool:
    """True when this matter has asked for it already since this day, whatever became of it."""
    asked = Training.objects.filter(officer_id=person_id, course=course, origin=origin)
    return asked.filter(opened_at__date__gte=since).exists()


def assign_in_unit(origin: Record, course: str, posts: Iterable[str], unit_code: str) -> list[Training]:
    """What one matter demands of a unit: everybody there who holds one of these posts is trained."""
    held = posts_now().filter(post__in=list(posts)).filter(Q(unit_id=unit_code) | Q(unit__house_code=unit_code))
    until = add_months(timezone.localdate(), 1)
    begin = partial(assign, course=course, asked=(f"{course}：{origin.title}", until), origin=origin.key)
    return [made for one in held.select_related("unit", "person") if (made := begin(one))]


def mark(training: Training) -> Training:
    """A paper that was handed in is marked at once, by the version that it was drawn from."""
    worth = training.marked()
    return advance(training, "pass_it" if worth >= training.pass_mark else "fail_it", SYSTEM, {"mark": str(worth)})


def turn(day: date | None = None) -> int:
    """What the days bring: papers out of time, refreshers, expiry; how many. Asking again changes nothing."""
    today, moved = day or timezone.localdate(), 0
    for one in Training.objects.filter(state=S.SITTING, due_at__lt=timezone.now()):
        moved += _taken(one, "time_out")
    for one in Training.objects.filter(state=S.CERTIFIED, refresher_due=False, expires_on__lte=_soon(today)):
        moved += _taken(one, "refresh")
    for one in Training.objects.filter(state=S.CERTIFIED, expires_on__lt=today):
        moved += _taken(one, "expire")
    return moved


def _taken(one: Training, step: str) -> int:
    if one.flow.step(step).bar(one) is not None:
        return 0
    advance(one, step, SYSTEM, {})
    return 1


def _soon(today: date) -> date:
    return add_months(today, in_force(REFRESHED, today).amount)


def begin_refresher(training: Training) -> Training | None:
    """The next training of the same person, due before the certificate ends; nobody any more where he has left."""
    held = posts_now().filter(person__username=training.officer_id).select_related("unit", "person").first()
    if held is None:
        return None
    last = max(training.expires_on, timezone.localdate() + timedelta(days=1))
    return assign(held, training.course, ("到期复训", last), origin=training.key)


def renew_before(training: Training) -> None:
    """The certificate that this one replaces is renewed."""
    earlier = Training.objects.filter(officer_id=training.officer_id, course=training.course, state=S.CERTIFIED)
    for one in earlier.exclude(pk=training.pk).order_by("pk"):
        advance(one, "renew", SYSTEM, {})
