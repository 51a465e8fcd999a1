"""Who is told what, and how he wants it: rows beside the record; by mail only that there is something to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from guanjian.kernel.flow import Facts
from guanjian.moving.record import Record
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Person
from guanjian.org.posts import Label
from guanjian.teamwork import mail
from guanjian.teamwork.models import Choice, How, Notice, Told
from guanjian.teamwork.seen import Matter, Place, elsewhere, read, visible

LOOKED, SHOWN = 300, 60


@dataclass(frozen=True)
class Message:
    """A notice together with the record, or what else it is about, which this person may see now."""

    notice: Notice
    kind: Told
    record: Record | None
    matter: Matter | None = None


def chosen(person_id: str) -> dict[Told, How]:
    """How this person wants to be told of each kind."""
    row = Choice.objects.filter(pk=person_id).first()
    return _of(row.how if row else {})


def _of(how: dict[str, str]) -> dict[Told, How]:
    return {kind: How(how.get(kind, How.HERE)) for kind in Told}


def choose(person_id: str, how: dict[Told, How]) -> None:
    """Keep what this person chose."""
    Choice.objects.update_or_create(pk=person_id, defaults={"how": {str(kind): str(one) for kind, one in how.items()}})


def tell(people: Iterable[str], record: Record, kind: Told, by: Actor) -> None:
    """Leave a message to each of these people who wants it, but for whoever caused it. A sealed record is in no mail."""
    tell_of(people, (record.flow.name, record.pk), kind, by, by_mail=record.label != Label.INTEGRITY)


def tell_of(people: Iterable[str], place: Place, kind: Told, by: Actor, by_mail: bool = False) -> None:
    """The same of anything that has a place."""
    names = set(people) - {by.person_id, SYSTEM.person_id}
    found = Person.objects.filter(username__in=names, is_active=True) if names else ()
    wants = {row.pk: row.how for row in Choice.objects.filter(pk__in=names)} if names else {}
    how = {one.username: (_of(wants.get(one.username, {}))[kind], one.email) for one in found}
    same = {"loop": place[0], "number": place[1], "author_id": by.person_id, "at": timezone.now(), "kind": kind}
    rows = [Notice(person_id=name, **same) for name, (way, _) in sorted(how.items()) if way != How.NOT]
    for row in Notice.objects.bulk_create(rows):
        way, address = how[row.person_id]
        if way == How.MAIL and address and by_mail and mail.is_set_up():
            mail.send.enqueue(row.pk)


def moved(record: Record, actor: Actor, _facts: Facts) -> None:
    """After every step of every loop: whoever took an earlier one is told that it goes on. A sealed record tells nobody."""
    if record.label != Label.INTEGRITY and record.version > 1:
        tell(set(record.hands.values()), record, Told.MOVED, actor)


def messages(actor: Actor) -> list[Message]:
    """The newest messages about what this person may see now: one query, and one to each loop."""
    rows = list(Notice.objects.filter(person_id=actor.person_id).order_by("-id")[:LOOKED])
    places = {(row.loop, row.number) for row in rows}
    records, others = read(places, actor), elsewhere(places, actor)
    lines = [(row, records.get((row.loop, row.number)), others.get((row.loop, row.number))) for row in rows]
    return [Message(row, Told(row.kind), *about) for row, *about in lines if any(about)][:SHOWN]


def unread(actor: Actor) -> int:
    """How many messages are unread; one about what this person may no longer see is not even counted."""
    rows = Notice.objects.filter(person_id=actor.person_id, read_at=None).order_by("-id")
    places: list[Place] = list(rows.values_list("loop", "number")[:LOOKED])
    seen = visible(places, actor) | set(elsewhere(places, actor)) if places else set()
    return sum(place in seen for place in places)


def mark_read(actor: Actor, **which: object) -> None:
    """These messages of this person are read now."""
    Notice.objects.filter(person_id=actor.person_id, read_at=None, **which).update(read_at=timezone.now())
