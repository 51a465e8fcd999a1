"""What the walk reads of the office: who could act, what goes on, and what a refused step must leave as it is."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from guanjian.kernel.errors import GuanjianError, NotAllowed
from guanjian.kernel.flow import Step
from guanjian.ledger.models import Entry
from guanjian.moving import verbs
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from tests import cast
from tests.loops.world import MODELS
from tests.walk import people

BY_LOOP = {model.FLOW.name: model for model in MODELS}


def refused(record: Record, step: Step, who: Actor, given: dict[str, Any], version: int) -> str:
    """What the refusal says, or nothing when the step was taken. Anything but a refusal is a fault."""
    try:
        with transaction.atomic():
            verbs.advance(record, step.name, who, given, version)
    except GuanjianError as refusal:
        return refusal.text.zh
    return ""


def able(record: Record, step: Step) -> list[Actor]:
    """Those whose step it is by post and name; also whoever may be asked himself."""
    able = people.named(getattr(record, step.named)) if step.named else people.fit(record, step)
    return [*able, *people.named({"front", *record.concerns()})] if step.heard else able


def readable(record: Record) -> Record:
    """The record as a member of its list reads it, where it is sealed and there is one: facts are written upon it."""
    try:
        return type(record).objects.get(pk=record.pk).open_for(cast.actor("oversight"))
    except NotAllowed:
        return record


def tied(record: Record, who: Actor) -> bool:
    return who.person_id == people.TIED[0] and record.subject_id == people.TIED[2]


def counted() -> tuple[int, int]:
    """The sum of all versions, and how many records there are, in one query."""
    each = " UNION ALL ".join(
        f"SELECT SUM(version) AS v, COUNT(*) AS n FROM {model._meta.db_table}" for model in MODELS
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(SUM(v), 0), SUM(n) FROM ({each}) AS every")
        return tuple(cursor.fetchone())


def going() -> list[tuple[str, int]]:
    """Loop and number of everything that is not closed, in one query."""
    each = " UNION ALL ".join(
        f"SELECT '{name}' AS loop, id FROM {model._meta.db_table} WHERE closed_at IS NULL"
        for name, model in BY_LOOP.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{each} ORDER BY 1, 2")
        return cursor.fetchall()


def photograph() -> tuple:
    """What a refused step must leave as it is."""
    newest = Entry.objects.order_by("-id").values_list("id", flat=True).first()
    return newest, counted(), verbs.Signature.objects.count()


def children(record: Record) -> list[Record]:
    """The open records that were opened from this one: it may wait for them."""
    return [one for model in MODELS for one in model.objects.filter(origin=record.key, closed_at=None)]
