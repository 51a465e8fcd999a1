"""What two people decide together about a sealed record: letting somebody in, saying whom it is about, giving it back.

Each is a note of its own in the ledger. A custodian never sees content: he is told number, who asks, and the reason.
"""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from guanjian.kernel.envelopes.box import KEY
from guanjian.kernel.envelopes.shamir import joined
from guanjian.kernel.errors import BadInput, Locked, NotAllowed, NotFound
from guanjian.kernel.words import Text
from guanjian.moving.access import closed_for, custodians_of, holders, let_in, members_of, opened_by, place, wraps
from guanjian.moving.models import Disclosure, Kept, Recovery, Wrap
from guanjian.moving.sealed import UNLOCK, Sealed
from guanjian.moving.verbs import note
from guanjian.org.actor import Actor
from guanjian.org.models import KeyPair
from guanjian.org.unlocked import key_of

NOT_TO_BE_LET_IN = Text(
    "此人不能列入名单：须为该隔离区监督岗位、无须回避，并已登录建立密钥。",
    "This person cannot be on the list: oversight of the compartment, free to act, with a key of his own.",
)
NO_CUSTODIAN = Text("没有可以审批的密钥保管人。", "There is no custodian who could decide this.")
NOT_YOURS = Text("须由另一名密钥保管人办理。", "Another custodian must do this.")
DONE = Text("已经办过。", "It is done already.")
MOVED_ON = Text("内容此后已更新，须重新发起。", "The content has changed since: begin again.")
REASON = Text("请写明理由（至少5字）。", "Give the reason (at least 5 characters).")
WHY = b"guanjian reason"


def model_of(loop: str) -> type[Sealed]:
    """The sealed loop of this name."""
    for model in apps.get_models():
        if issubclass(model, Sealed) and model.FLOW.name == loop:
            return model
    raise NotFound("没有这类事项。", "There is no such loop.")


def _taken(loop: str, number: int) -> Sealed:
    record = model_of(loop).objects.select_for_update().filter(pk=number).first()
    if record is None:
        raise NotFound("没有这一件。", "There is no such record.")
    return record


def _waiting(model: type[Disclosure | Recovery], pk: int) -> Any:
    row = model.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        raise NotFound("没有这一申请。", "There is no such request.")
    return row


def _own_key(actor: Actor) -> bytes:
    private = key_of(actor.person_id)
    if private is None:
        raise Locked(UNLOCK)
    return private


def _whole(record: Sealed, actor: Actor) -> Sealed:
    """The record as a member of its list holds it, in his territory today."""
    if not model_of(record.flow.name).objects.visible_to(actor).filter(pk=record.pk).exists():
        raise NotFound("没有这一件，或不在您的可见范围内。", "There is no such record, or it is not within your reach.")
    return _taken(record.flow.name, record.pk).open_for(actor)


def may_be_let_in(record: Sealed) -> dict[str, KeyPair]:
    """Who could join the list of this (open) record."""
    present = holders(record)
    return {name: pair for name, pair in members_of(record).items() if name not in present}


@transaction.atomic
def admit(record: Sealed, actor: Actor, person_id: str) -> None:
    """A present member lets a colleague in who came later."""
    whole = _whole(record, actor)
    pair = may_be_let_in(whole).get(person_id)
    if pair is None:
        raise NotAllowed(NOT_TO_BE_LET_IN)
    let_in(whole, whole._key, pair)
    _note(whole, "admitted", actor, {"person": person_id})


@transaction.atomic
def ask_disclosure(record: Sealed, actor: Actor, reason: str) -> Disclosure:
    """A member asks to see whom the record is about."""
    whole = _whole(record, actor)
    _reasoned(reason)
    keepers = {name: pair for name, pair in custodians_of(whole).items() if name != actor.person_id}
    if not keepers:
        raise NotAllowed(NO_CUSTODIAN)
    told = {str(pair.pk): closed_for(pair, reason.encode(), WHY) for pair in keepers.values()}
    asked = {"loop": whole.flow.name, "number": whole.pk, "asked_by": actor.person_id, "asked_at": timezone.now()}
    made = Disclosure.objects.create(**asked, reason=told)
    _note(whole, "disclosure_asked", actor, {})
    return made


@transaction.atomic
def decide_disclosure(pk: int, actor: Actor, agreed: bool) -> Disclosure:
    """A custodian agrees or refuses; only one to whom the reason was closed, and never who asked."""
    asked = _waiting(Disclosure, pk)
    if asked.decided_at is not None:
        raise NotAllowed(DONE)
    if asked.asked_by == actor.person_id or reason_of(asked.reason, actor) is None:
        raise NotAllowed(NOT_YOURS)
    asked.decided_by, asked.decided_at, asked.agreed, asked.reason = actor.person_id, timezone.now(), agreed, {}
    asked.save(force_update=True)
    said = "disclosure_agreed" if agreed else "disclosure_refused"
    _note(_taken(asked.loop, asked.number), said, actor, {"to": asked.asked_by})
    return asked


def reason_of(closed: dict[str, str], actor: Actor) -> str | None:
    """The reason as this custodian may read it with his present key, or None."""
    private = _own_key(actor)
    pair = KeyPair.objects.filter(person__username=actor.person_id, ended_at=None).first()
    found = opened_by(private, closed.get(str(pair.pk), ""), WHY) if pair else None
    return None if found is None else found.decode()


def is_asked(record: Sealed, actor: Actor) -> bool:
    """True while this person's own wish to see the name waits for a custodian."""
    mine = Disclosure.objects.filter(loop=record.flow.name, number=record.pk, asked_by=actor.person_id)
    return mine.filter(decided_at=None).exists()


def recovery_reason(begun: Recovery, actor: Actor) -> str | None:
    """Why a record is to be given back, for a custodian whose share is wanted; the other share stays where it is."""
    given = reason_of(begun.given, actor)
    return None if given is None else json.loads(given)["reason"]


@transaction.atomic
def begin_recovery(loop: str, number: int, actor: Actor, person_id: str, reason: str) -> Recovery:
    """The first custodian gives his share to the others: alone it says nothing about the key."""
    _reasoned(reason)
    own, record = _share(loop, number, actor), _taken(loop, number)
    others = Wrap.objects.filter(loop=loop, number=number, kind=Kept.SHARE, keypair__ended_at=None)
    others = others.exclude(keypair__person__username=actor.person_id).select_related("keypair")
    given = json.dumps({"part": own[0], "share": own[1].hex(), "reason": reason}).encode()
    boxes = {str(row.keypair_id): closed_for(row.keypair, given, WHY) for row in others}
    asked = {"loop": loop, "number": number, "person_id": person_id, "first_by": actor.person_id}
    made = Recovery.objects.create(**asked, first_at=timezone.now(), given=boxes)
    _note(record, "recovery_begun", actor, {"person": person_id})
    return made


@transaction.atomic
def finish_recovery(pk: int, actor: Actor) -> Recovery:
    """Another custodian joins his share to the first: the record is closed for the person who is to be let in."""
    begun = _waiting(Recovery, pk)
    if begun.second_at is not None:
        raise NotAllowed(DONE)
    given = reason_of(begun.given, actor) if begun.first_by != actor.person_id else None
    if given is None:
        raise NotAllowed(NOT_YOURS)
    first, record = json.loads(given), _taken(begun.loop, begun.number)
    own = _share(begun.loop, begun.number, actor)
    if own[0] == first["part"] or not record.unfold(_joined((first["part"], bytes.fromhex(first["share"])), own)):
        raise NotAllowed(MOVED_ON)
    pair = members_of(record).get(begun.person_id)
    if pair is None:
        raise NotAllowed(NOT_TO_BE_LET_IN)
    let_in(record, record._key, pair)
    begun.second_by, begun.second_at, begun.given = actor.person_id, timezone.now(), {}
    begun.save(force_update=True)
    _note(record, "recovered", actor, {"person": begun.person_id, "first": begun.first_by})
    return begun


def _joined(*shares: tuple[int, bytes]) -> bytes:
    return joined(shares)[:KEY]


def _share(loop: str, number: int, actor: Actor) -> tuple[int, bytes]:
    """A custodian's own share of this record, with its number."""
    private = _own_key(actor)
    row = wraps(loop, [number], Kept.SHARE, actor.person_id).get(number)
    share = opened_by(private, row.box, place(loop, number, Kept.SHARE)) if row else None
    if share is None:
        raise NotAllowed(NOT_YOURS)
    return row.part, share


def _reasoned(reason: str) -> None:
    if len(reason.strip()) < 5:
        raise BadInput(REASON)


def _note(record: Sealed, what: str, actor: Actor, facts: dict[str, Any]) -> None:
    note(f"{record.flow.name}.{what}", record.key, actor, facts, record.district_code)
