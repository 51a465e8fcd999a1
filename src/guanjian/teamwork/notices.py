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
from guanjian.teamwork.seen import Place, place_of, read, visible

LOOKED, SHOWN = 300, 60


@dataclass(frozen=True)
class Message:
    """A notice together with the record, which this person may see now."""

    notice: Notice
    kind: Told
    record: Record


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
    names = set(people) - {by.person_id, SYSTEM.person_id}
    found = Person.objects.filter(username__in=names, is_active=True) if names else ()
    wants = {row.pk: row.how for row in Choice.objects.filter(pk__in=names)} if names else {}
    how = {one.username: (_of(wants.get(one.username, {}))[kind], one.email) for one in found}
    same = {**place_of(record), "author_id": by.person_id, "at": timezone.now(), "kind": kind}
    rows = [Notice(person_id=name, **same) for name, (way, _) in sorted(how.items()) if way != How.NOT]
    for row in Notice.objects.bulk_create(rows):
        way, address = how[row.person_id]
        if way == How.MAIL and address and mail.is_set_up() and record.label != Label.INTEGRITY:
            mail.send.enqueue(row.pk)


def moved(record: Record, actor: Actor, _facts: Facts) -> None:
    """After every step of every loop: whoever took an earlier one is told that it goes on. A sealed record tells nobody."""
    if record.label != Label.INTEGRITY and record.version > 1:
        tell(set(record.hands.values()), record, Told.MOVED, actor)


def messages(actor: Actor) -> list[Message]:
    """The newest messages about what this person may see now: one query, and one to each loop."""
    rows = list(Notice.objects.filter(person_id=actor.person_id).order_by("-id")[:LOOKED])
    records = read({(row.loop, row.number) for row in rows}, actor)
    seen = [row for row in rows if (row.loop, row.number) in records]
    return [Message(row, Told(row.kind), records[row.loop, row.number]) for row in seen[:SHOWN]]


def unread(actor: Actor) -> int:
    """How many messages are unread; one about what this person may no longer see is not even counted."""
    rows = Notice.objects.filter(person_id=actor.person_id, read_at=None).order_by("-id")
    places: list[Place] = list(rows.values_list("loop", "number")[:LOOKED])
    seen = visible(places, actor) if places else set()
    return sum(place in seen for place in places)


def mark_read(actor: Actor, **which: object) -> None:
    """These messages of this person are read now."""
    Notice.objects.filter(person_id=actor.person_id, read_at=None, **which).update(read_at=timezone.now())
