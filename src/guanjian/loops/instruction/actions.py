"""Opening an instruction, and how instructions have done: hit rate, find rate, signed for on time."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum

from guanjian.kernel.flow import Facts
from guanjian.kernel.shares import Share
from guanjian.loops.instruction.flow import FLOW, S
from guanjian.loops.instruction.models import ON_TIME, Instruction
from guanjian.moving.placing import unit_for
from guanjian.moving.record import Record
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit

OVER = (S.ENDED, S.EVALUATED)


def open_by_hand(actor: Actor, unit: Unit, facts: Facts) -> Instruction:
    """A draft in the unit that will have to sign for it."""
    return start(Instruction, actor, unit_for(actor, facts["unit_code"], FLOW.opens), title=facts["title"])


def open_from(
    origin: Record, actor: Actor, demand: str, target: tuple[str, str] = ("", ""), unit_code: str = ""
) -> Instruction:
    """The draft that another loop's record asks for, in that record's unit if none is named; asked again, the same."""
    if known := Instruction.objects.filter(origin=origin.key).first():
        return known
    kind, number = target
    return start(
        Instruction,
        actor,
        Unit.objects.get(pk=unit_code or origin.unit_code),
        title=f"布控：{origin.title}"[:190],
        level=origin.level,
        subject_type=kind,
        subject_id=number[:80],
        demand=demand,
        origin=origin.key,
    )


@dataclass(frozen=True, slots=True)
class Result:
    """How the ended instructions of one kind and target have done."""

    kind: str
    target_type: str
    ended: int
    hit: Share
    found: Share
    on_time: Share


def results() -> list[Result]:
    """By kind and target, over the whole country: numbers only, no instruction is named."""
    over = Instruction.objects.filter(state__in=OVER, issued_at__isnull=False)
    rows = over.values("kind", "target_type").annotate(
        ended=Count("pk"),
        with_hit=Count("pk", filter=Q(hits__gt=0)),
        opened=Sum("examined"),
        with_find=Sum("finds"),
        signed=Count("pk", filter=Q(signed_at__isnull=False)),
        quick=Count("pk", filter=Q(signed_at__lte=F("issued_at") + ON_TIME)),
    )
    return [_result(row) for row in rows.order_by("kind", "target_type")]


def _result(row: dict) -> Result:
    hit, found = Share(row["with_hit"], row["ended"]), Share(row["with_find"], row["opened"])
    return Result(row["kind"], row["target_type"], row["ended"], hit, found, Share(row["quick"], row["ended"]))
