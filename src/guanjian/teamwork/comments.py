"""Writing beside a record: a comment, and whom it asks to look. On a sealed record it is closed for the list of that moment."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import Text
from guanjian.ledger.canonical import canonical
from guanjian.moving.access import closed_for, holders, opened_by
from guanjian.moving.findable import hold, keep_beside
from guanjian.moving.record import Record
from guanjian.moving.sealed import Sealed
from guanjian.moving.verbs import note
from guanjian.org.actor import Actor
from guanjian.org.keyring import pairs_of
from guanjian.org.models import KeyPair, Person
from guanjian.org.unlocked import key_of
from guanjian.teamwork.models import Comment, Told
from guanjian.teamwork.notices import tell
from guanjian.teamwork.seen import must_see, place_of, sees

LONGEST, MOST, MENTIONED, SHOWN = 2000, 500, 20, 100
AT = re.compile(r"@([A-Za-z0-9][\w.\-]{0,39})")
PLACE = b"guanjian comment"
LENGTH = Text("批注应为1至{most}字。", "A comment has 1 to {most} characters.").filled(most=LONGEST)
FULL = Text("本件批注已满{most}条。", "This record has its {most} comments.").filled(most=MOST)
TOO_MANY = Text("一次最多提请{most}人关注。", "At most {most} people are asked at once.").filled(most=MENTIONED)
NOT_HERE = Text(
    "以下人员不存在，或不能查阅本件，请删去后再提交：{names}。",
    "These people do not exist or may not see this record; leave them out: {names}.",
)
BEFORE = Text("（此条写于您列入知悉名单之前）", "(written before you were on the list)")


@dataclass(frozen=True)
class Said:
    """One comment as its reader may read it."""

    author_id: str
    at: datetime
    text: str | Text


@transaction.atomic
def comment(record: Record, actor: Actor, text: str, asked: Iterable[str] = ()) -> Comment:
    """Write it, note it in the ledger, tell whom it mentions and who took part. Nothing is ever taken back."""
    hold(record)
    must_see(record, actor)
    text = text.replace("\r\n", "\n").strip()
    if not 1 <= len(text) <= LONGEST:
        raise BadInput(LENGTH)
    if Comment.objects.filter(**place_of(record)).count() >= MOST:
        raise BadInput(FULL)
    named = _named(record, {*asked, *AT.findall(text)} - {actor.person_id, ""})
    made = Comment.objects.create(
        **place_of(record), author_id=actor.person_id, at=timezone.now(), **_kept(record, text)
    )
    facts = {"comment": made.pk, "sha256": digest(made)}
    note(f"{record.flow.name}.commented", record.key, actor, facts, record.district_code)
    keep_beside(record)
    tell(named, record, Told.MENTION, actor)
    tell(took_part(record) - named, record, Told.COMMENT, actor)
    return made


def digest(row: Comment) -> str:
    """The hash of a comment as it lies in the database: the ledger keeps it."""
    return hashlib.sha256(canonical({"text": row.text, "boxes": row.boxes}).encode()).hexdigest()


def said(record: Record, actor: Actor) -> list[Said]:
    """The newest comments, the oldest of them first, for somebody who may see the record."""
    rows = list(Comment.objects.filter(**place_of(record)).order_by("-id")[:SHOWN])
    read = _reader(record, actor) if rows else None
    return [Said(row.author_id, row.at, read(row)) for row in reversed(rows)]


def took_part(record: Record) -> set[str]:
    """Who took a step or wrote something; of a sealed record only those on its list."""
    wrote = Comment.objects.filter(**place_of(record)).values_list("author_id", flat=True)
    part = {*record.hands.values(), *wrote.distinct()}
    return part & holders(record) if isinstance(record, Sealed) else part


def _named(record: Record, names: set[str]) -> set[str]:
    """The people who are asked to look; one who may not see the record is told to the writer, not to him."""
    if len(names) > MENTIONED:
        raise BadInput(TOO_MANY)
    found = {one.username: one for one in Person.objects.filter(username__in=names, is_active=True)}
    missing = sorted(name for name in names if name not in found or not sees(record, found[name].actor()))
    if missing:
        raise BadInput(NOT_HERE.filled(names="、".join(missing)))
    return names


def _kept(record: Record, text: str) -> dict:
    if not isinstance(record, Sealed):
        return {"text": text}
    pairs = pairs_of(holders(record)).values()
    return {"boxes": {str(pair.pk): closed_for(pair, text.encode(), _where(record)) for pair in pairs}}


def _where(record: Record) -> bytes:
    return PLACE + b" " + record.key.encode()


def _reader(record: Record, actor: Actor):
    """How this person reads the comments of this record: with his key where it is sealed, without a withheld name."""
    if not isinstance(record, Sealed):
        return lambda row: row.text
    private, pair = (
        key_of(actor.person_id),
        KeyPair.objects.filter(person__username=actor.person_id, ended_at=None).first(),
    )

    def read(row: Comment) -> str | Text:
        box = row.boxes.get(str(pair.pk), "") if pair and private else ""
        found = opened_by(private, box, _where(record)) if box else None
        return BEFORE if found is None else record.strike(found.decode())

    return read
