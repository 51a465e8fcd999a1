"""What speaks for a leader and what against? Problems that his unit found first, and what was overdue, came back, went unseen."""

from __future__ import annotations

from datetime import timedelta

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from guanjian.kernel.flow import Step
from guanjian.loops.alert.models import Alert
from guanjian.loops.clue.models import Clue
from guanjian.loops.duty.models import Duty
from guanjian.loops.duty.needs import Fault, Weight
from guanjian.loops.rectify.models import Rectify
from guanjian.loops.urge.flow import Kind
from guanjian.loops.urge.models import Urge
from guanjian.moving.record import Record
from guanjian.org.models import Appointment, Unit
from guanjian.org.posts import Label, Post, UnitLevel

Row = dict[str, str]
SAME = timedelta(weeks=52)  # a problem found before within so long is the same one
OFTEN = 3  # times overdue in one period weigh as much as one matter three times red
BELOW = (Post.FRONTLINE, Post.SECTION_CHIEF, Post.HOUSE_LEADER)
ANSWERS_FOR = {  # whose turns a post answers for, in its territory
    Post.SECTION_CHIEF: (Post.FRONTLINE, Post.SECTION_CHIEF),
    Post.HOUSE_LEADER: BELOW,
    Post.POLICE_LEADER: (Post.POLICE, Post.POLICE_LEGAL, Post.POLICE_LEADER),
    Post.FUNCTION: (Post.FUNCTION, Post.RISK),
    Post.LEADER: (Post.LEADER, Post.FUNCTION, Post.RISK),
}
SUPERVISES = (Post.FUNCTION, Post.LEADER)


def credits_of(duty: Duty) -> list[Row]:
    """Problems and clues that somebody of the unit opened by hand in the period, before anybody from outside had found them."""
    first, end = duty.period
    found: list[Record] = []
    for model in (Rectify, Clue):
        opened = model.objects.filter(_place(duty), origin="", opened_at__gte=first, opened_at__lt=end)
        found += [one for one in opened.exclude(label=Label.INTEGRITY) if _is_ours(duty, one) and not _known(duty, one)]
    return [_told(one) for one in sorted(found, key=lambda one: (one.opened_at, one.key))]


def faults_of(duty: Duty, credits: list[Row]) -> list[Row]:
    """What was overdue by those the post answers for, what came back, and below a supervising post what it did not prevent."""
    return [*_overdue(duty), *_recurrences(duty, {row["key"] for row in credits}), *_unsupervised(duty)]


def _told(record: Record) -> Row:
    return {"key": record.key, "at": timezone.localtime(record.opened_at).strftime("%Y-%m-%d %H:%M")}


def _fault(fault: Fault, weight: Weight, record: Record, key: str = "") -> Row:
    return {**_told(record), "key": key or record.key, "fault": fault.value, "weight": weight.value}


def _place(duty: Duty) -> Q:
    """The territory that the unit of the list stands for."""
    unit = Unit.objects.get(pk=duty.unit_code)
    column = {UnitLevel.DISTRICT: "district_code", UnitLevel.HOUSE: "house_code"}.get(
        UnitLevel(unit.level), "unit_code"
    )
    return Q(**{column: getattr(duty, column)})


def _is_ours(duty: Duty, one: Record) -> bool:
    """Its author served in the territory on the day."""
    day = timezone.localdate(one.opened_at)
    unit = Unit.objects.get(pk=duty.unit_code)
    there = {"unit__kind": unit.kind, "person__username": one.author_id, "since__lte": day}
    held = Appointment.objects.filter(Q(until=None) | Q(until__gte=day), **there)
    return any(_within(duty, appointment.unit) for appointment in held.select_related("unit"))


def _within(duty: Duty, unit: Unit) -> bool:
    if duty.house_code:
        return unit.house_code == duty.house_code and (unit.code == duty.unit_code or duty.unit_code == duty.house_code)
    return unit.district_code == duty.district_code


def _known(duty: Duty, one: Record) -> bool:
    """Somebody from outside had found the same before: this gap or node of the unit, or this subject."""
    since = {"opened_at__lt": one.opened_at, "opened_at__gte": one.opened_at - SAME}
    earlier: list[Record] = []
    if isinstance(one, Rectify):
        same = Q(gap_code=one.gap_code) if one.gap_code else Q(pk__in=[])
        same |= Q(node_code=one.node_code) if one.node_code else Q(pk__in=[])
        earlier += Rectify.objects.filter(same, unit_code=one.unit_code, **since)
    if one.subject_id:
        for model in (Alert, Clue, Rectify):
            earlier += model.objects.about(one.subject_type, one.subject_id).filter(_place(duty), **since)
    return any(not _is_ours(duty, other) for other in earlier if other.key != one.key)


def _overdue(duty: Duty) -> list[Row]:
    """Urgings of waits that were the turn of somebody the post answers for; withdrawn ones do not count."""
    urged = [one for one in _urged(duty) if _turn(one) & set(ANSWERS_FOR[Post(duty.post)])]
    often = Weight.GRAVE if len(urged) >= OFTEN else Weight.NOTED
    rows = [_fault(Fault.OVERDUE, often, one, one.origin) for one in urged]
    reds = [one for one in urged if one.kind == Kind.ACCOUNTABILITY]
    return rows + [_fault(Fault.THREE_REDS, Weight.GRAVE, one, one.origin) for one in reds]


def _recurrences(duty: Duty, own: set[str]) -> list[Row]:
    """Problems of the unit that came back; one that the unit found itself before others is not held against it."""
    if duty.post not in BELOW:
        return []
    return [_fault(Fault.RECURRENCE, Weight.OWN if one.key in own else Weight.GRAVE, one) for one in _returned(duty)]


def _unsupervised(duty: Duty) -> list[Row]:
    """Of a supervising post: what below it was red three times, and what came back though this person had closed it out."""
    if duty.post not in SUPERVISES:
        return []
    below = [one for one in _urged(duty) if one.kind == Kind.ACCOUNTABILITY and _turn(one) & set(BELOW)]
    rows = [_fault(Fault.SUPERVISION, Weight.GRAVE, one, one.origin) for one in below]
    for one in _returned(duty):
        numbers = [int(key.partition("/")[2]) for key in one.recurrence_of]
        passed = any(
            earlier.hands.get("close_out") == duty.subject_id for earlier in Rectify.objects.filter(pk__in=numbers)
        )
        rows.append(_fault(Fault.SUPERVISION, Weight.GRAVE if passed else Weight.NOTED, one))
    return rows  # fmt: skip


def _returned(duty: Duty) -> list[Rectify]:
    first, end = duty.period
    opened = Rectify.objects.filter(_place(duty), opened_at__gte=first, opened_at__lt=end).exclude(recurrence_of=[])
    return list(opened.order_by("pk"))


def _urged(duty: Duty) -> list[Urge]:
    first, end = duty.period
    issued = Urge.objects.filter(_place(duty), opened_at__gte=first, opened_at__lt=end).exclude(origin=duty.key)
    return [one for one in issued.order_by("pk") if "withdraw" not in one.hands]


def _turn(urge: Urge) -> set[str]:
    """Whose turn the wait was that was urged: the main steps of its state, or all of them."""
    key, _, rest = urge.wait.partition("@")
    model = next(
        (one for one in apps.get_models() if issubclass(one, Record) and one.FLOW.name == key.partition("/")[0]), None
    )
    steps = [step for step in model.FLOW.steps if rest.partition("@")[0] in step.source] if model else []
    return _by([step for step in steps if step.weight == "main"] or steps)  # fmt: skip


def _by(steps: list[Step]) -> set[str]:
    return {post for step in steps for post in step.by}
