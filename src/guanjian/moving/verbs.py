"""The only place where records begin and move, and the only one that appends to the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from guanjian.kernel.errors import NotAllowed, Stale
from guanjian.kernel.flow import FOR, Facts, Step
from guanjian.kernel.papers import Level
from guanjian.kernel.words import Text
from guanjian.ledger.canonical import canonical
from guanjian.ledger.rows import append
from guanjian.moving.certified import why_uncertified
from guanjian.moving.findable import keep_findable
from guanjian.moving.models import Signature
from guanjian.moving.record import Record
from guanjian.moving.standing import why_aside_from
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Unit
from guanjian.org.posts import Label

FollowUp = Callable[[Record, Actor, Facts], None]
SUBSCRIBERS: dict[str, list[FollowUp]] = {}  # filled by wiring at start-up, empty below it
EVERY_STEP: list[FollowUp] = []  # what follows each step of any loop, after its own; filled likewise


@transaction.atomic
def start(model: type[Record], actor: Actor, unit: Unit, *, at: datetime | None = None, **fields: Any) -> Record:
    """Begin a record in its first state; who may begin one by hand is asked by the page or the API that opens it."""
    at = at or timezone.now()
    record = model(author_id=actor.person_id, opened_at=at, entered_at=at, hands={"start": actor.person_id}, **fields)
    record.place_in(unit)
    record.rank = Level(record.level).rank
    record.enter(model.FLOW.begins, at)
    record.store(insert=True)
    return _trace(record, "start", actor, {}, at)


@transaction.atomic
def advance(
    record: Record, step_name: str, actor: Actor, given: Mapping[str, Any], version: int | None = None
) -> Record:
    """Take one step: check, change, record, announce, in one transaction.

    `version` is the one that the person saw: when somebody else was quicker, `Stale` says so.
    """
    record = type(record).objects.select_for_update().get(pk=record.pk)
    if version is not None and version != record.version:
        raise Stale(
            Text(
                "刚刚已有人办理，现为“{state}”。请刷新后再办。",
                "Somebody was quicker: it is now “{state}”. Reload first.",
            ).filled(state=record.state_label)
        )
    step = record.open_for(actor).flow.step(step_name)
    if reason := step.why_not(actor, record) or aside(record, step, actor) or why_uncertified(record, step, actor):
        raise NotAllowed(reason)
    facts, at = step.checked(record, given), timezone.now()
    record.take(step, facts, actor, at)
    left = record.store()
    if step.signs:
        _sign(record, step, actor, at)
    for person_id in left:
        note(f"{record.flow.name}.off_the_list", record.key, SYSTEM, {"person": person_id}, record.district_code)
    return _trace(record, step.name, actor, facts, at)


def aside(record: Record, step: Step, actor: Actor) -> Text | None:
    """Why this person must stand aside from the whole matter: a relation, a former post, the own unit; None if free.

    So must who stands in for somebody who would have to.
    """
    if actor.person_id == SYSTEM.person_id:
        return None
    absent = step.in_place_of(actor, record)
    return why_aside_from(record, actor.person_id) or (why_aside_from(record, absent) if absent else None)


def note(event: str, subject: str, actor: Actor, facts: Facts, stream: str = "0000") -> None:
    """Record what happened without a step: a read, a batch, a run, an export, a sign-in. Amounts are strings."""
    append(stream=stream, event=event, subject=subject, actor=actor.person_id, body={"facts": facts})


def _sign(record: Record, step: Step, actor: Actor, at: datetime) -> None:
    """The signer is another person than whose step is signed: the database says so too."""
    initiator = record.hands.get(step.apart_from[0], record.author_id)
    Signature.objects.get_or_create(
        subject=record.key,
        step=step.name,
        content=record.content(),
        defaults={"person_id": actor.person_id, "initiator_id": initiator, "at": at},
    )


def _trace(record: Record, what: str, actor: Actor, facts: Facts, at: datetime) -> Record:
    record.reread()  # the hash is of the row as the database gives it back, not of what was handed in
    event = f"{record.flow.name}.{what}"
    body = {
        "facts": _for_the_ledger(record, what, _with_the_person(record, actor, facts)),
        "label": record.label,
        "state": record.state,
        "unit": record.unit_code,
        "version": record.version,
    }
    if absent := record.hands.get(f"{what}{FOR}"):
        body["for"] = absent
    append(
        stream=record.district_code,
        event=event,
        subject=record.key,
        actor=record.named(actor),
        body=body,
        record_hash=record.as_left(),
        at=at,
    )
    keep_findable(record)
    for follow_up in (*SUBSCRIBERS.get(event, ()), *EVERY_STEP):
        follow_up(record, actor, facts)
    return record


def _with_the_person(record: Record, actor: Actor, facts: Facts) -> Facts:
    """Where the ledger does not name who acted, a salted hash of the name stands among the facts."""
    return facts if record.named(actor) == actor.person_id else {**facts, "person": actor.person_id}


def _for_the_ledger(record: Record, what: str, facts: Facts) -> Facts:
    """Of a compartment and of a protected fact the ledger holds salted hashes only: it proves without telling."""
    sealed = facts if record.label == Label.INTEGRITY else record.flow.protected.get(what, {})
    return {name: _hashed(record, name, value) if name in sealed else value for name, value in facts.items()}


def _hashed(record: Record, name: str, value: Any) -> str:
    return hashlib.sha256(canonical({"salt": record.salt, "name": name, "value": value}).encode()).hexdigest()
