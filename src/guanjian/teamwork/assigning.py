"""Who of several does it? The one with the least to do now, of those who may: not on leave, not barred, not tied to it."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from guanjian.kernel.errors import NotAllowed, Stale
from guanjian.kernel.flow import Facts
from guanjian.kernel.words import Text
from guanjian.moving.record import Record
from guanjian.moving.sealed import Sealed
from guanjian.moving.standing import why_aside_from
from guanjian.moving.verbs import note
from guanjian.org.actor import Actor, Holding
from guanjian.org.models import Appointment, Leave
from guanjian.org.posts import Post
from guanjian.teamwork.models import Assignment, Told
from guanjian.teamwork.notices import tell
from guanjian.teamwork.seen import Place, must_see, place_of

LEAD = (Post.SECTION_CHIEF, Post.HOUSE_LEADER, Post.POLICE_LEADER, Post.FUNCTION, Post.LEADER)
NOT_YOURS = Text("分派由本辖区的科长、关领导或职能部门办理。", "A chief, leader or function of this territory assigns.")
NOT_HERE = Text("廉政隔离事项由名单内人员办理，不分派。", "A sealed matter is for its list and is not assigned.")
NOBODY = Text("目前没有可以承办的人（在岗、无须回避）。", "Nobody can do it now: in office, present, free to act.")


NOT_HIM = Text(
    "{name}不能承办本件：无权、不在岗或须回避。", "{name} cannot do this one: no such post, away, or tied to it."
)
MOVED = Text("刚刚已有人办理，现为“{state}”。", "Somebody was quicker: it is now “{state}”.")


def leads(actor: Actor) -> bool:
    """True for who may assign something somewhere."""
    return actor.holds(*LEAD)


def may_assign(record: Record, actor: Actor) -> bool:
    """True for who leads where the record lies, while it goes on."""
    return not isinstance(record, Sealed) and not record.is_closed and any(actor.covers(post, record) for post in LEAD)


def why_not(record: Record, actor: Actor) -> Text | None:
    """Why this person cannot assign this record, whoever could do it."""
    if isinstance(record, Sealed):
        return NOT_HERE
    return None if may_assign(record, actor) else NOT_YOURS


@transaction.atomic
def assign(record: Record, actor: Actor, chosen: str = "", version: int | None = None) -> Assignment:
    """Give it to the chosen person, or to the least loaded other; of equals to the first by officer number.

    An earlier assignment of it ends. `version` is the one that was seen: what moved on meanwhile is not assigned.
    """
    must_see(record, actor)
    if reason := why_not(record, actor):
        raise NotAllowed(reason)
    record = type(record).objects.select_for_update().get(pk=record.pk)
    if version is not None and version != record.version:
        raise Stale(MOVED.filled(state=record.state_label))
    now, here = timezone.now(), Assignment.objects.filter(**place_of(record), ended_at=None)
    able = _the_one(record, chosen) if chosen else [one for one in able_to(record) if one != actor.person_id]
    if not able:
        raise NotAllowed(NOBODY)
    here.update(ended_at=now)
    load = loads(able)
    chosen = min(able, key=lambda one: (load[one], one))
    same = {**place_of(record), "author_id": actor.person_id, "at": now}
    made = Assignment.objects.create(**same, person_id=chosen, state=record.state)
    facts = {"person": chosen, "had": load[chosen], "among": len(able)}
    note(f"{record.flow.name}.assigned", record.key, actor, facts, record.district_code)
    tell({chosen}, record, Told.ASSIGNED, actor)
    return made


def _the_one(record: Record, person_id: str) -> list[str]:
    if person_id not in able_in_district(record) or why_aside_from(record, person_id):
        raise NotAllowed(NOT_HIM.filled(name=person_id))
    return [person_id]


def able_in_district(record: Record) -> dict[str, list[Holding]]:
    """Everybody in office and present in the district whose posts take what the record waits for."""
    steps = [step for step in record.flow.awaited(record.state) if not step.heard]
    steps = [step for step in steps if step.weight == "main"] or steps
    posts = {post for step in steps for post in step.by}
    today = timezone.localdate()
    away = Leave.objects.filter(since__lte=today, until__gte=today, ended_on=None).values("person")
    held = Appointment.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today, post__in=posts)
    near = held.filter(person__is_active=True, unit__district_code=record.district_code).exclude(person__in=away)
    people: dict[str, list[Holding]] = defaultdict(list)
    for row in near.select_related("unit", "person").order_by("person__username"):
        people[row.person.username].append(row.holding)
    return {
        name: held
        for name, held in people.items()
        if any(step.why_not(Actor(name, name, tuple(held)), record) is None for step in steps)
    }


def able_to(record: Record) -> list[str]:
    """Who may take what the record waits for, in its unit; where nobody is there, in its house, then in its district."""
    able = able_in_district(record)
    rings = [
        {record.unit_code},
        {record.unit_code, record.house_code},
        {one.unit_code for rows in able.values() for one in rows},
    ]
    for ring in rings:
        inside = [name for name, rows in able.items() if any(one.unit_code in ring for one in rows)]
        free = [name for name in inside if why_aside_from(record, name) is None]
        if free:
            return free
    return []


def loads(people: list[str]) -> dict[str, int]:
    """How many assignments each of them has open now."""
    rows = Assignment.objects.filter(person_id__in=people, ended_at=None).values_list("person_id")
    return dict.fromkeys(people, 0) | dict(rows.annotate(n=Count("pk")))


def ended(record: Record, _actor: Actor, _facts: Facts) -> None:
    """After a step: what was assigned in another state is done."""
    open_now = Assignment.objects.filter(**place_of(record), ended_at=None)
    open_now.exclude(state=record.state).update(ended_at=timezone.now())


def assigned_to(record: Record) -> str:
    """Who is to do it now; empty while nobody in particular."""
    return (
        Assignment.objects.filter(**place_of(record), ended_at=None).values_list("person_id", flat=True).first() or ""
    )


def mine(actor: Actor) -> set[Place]:
    """The places of what is assigned to this person."""
    return set(Assignment.objects.filter(person_id=actor.person_id, ended_at=None).values_list("loop", "number"))
