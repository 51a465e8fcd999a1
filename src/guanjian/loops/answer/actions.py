"""Sending a matter to a unit, and what its answer tells: the problems in it, and whether all answers are in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guanjian.loops.answer.flow import FLOW
from guanjian.loops.answer.models import Answer
from guanjian.loops.answer.needs import Kind
from guanjian.loops.answer.rules import read_line
from guanjian.moving.record import Record
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit


@dataclass(frozen=True)
class Asked:
    """What is sent to one unit."""

    kind: Kind
    unit_code: str
    text: str
    answer_by: str
    lines: Sequence[str] = ()


def send(origin: Record, actor: Actor, asked: Asked) -> Answer:
    """One matter to one unit; that the unit is there and within reach was seen when it was named."""
    return start(
        Answer,
        actor,
        Unit.objects.get(pk=asked.unit_code),
        title=f"{asked.kind.label.zh}：{origin.title}"[:190],
        level=origin.level,
        subject_type=origin.subject_type,
        subject_id=origin.subject_id,
        kind=asked.kind.value,
        asked=asked.text,
        lines=list(asked.lines),
        answer_by=date.fromisoformat(asked.answer_by),
        issuer_unit=origin.unit_code,
        origin=origin.key,
    )


def all_in(origin_key: str) -> bool:
    """True when every answer to this record is accepted or withdrawn."""
    return not Answer.objects.filter(origin=origin_key).exclude(state__in=FLOW.ends).exists()


def problems_in(answer: Answer) -> list[tuple[str, str]]:
    """(title, problem) of what a self-check found, or of each “no” of a checklist."""
    if answer.kind != Kind.SWEEP:
        return [(f"自查：{answer.title}", answer.problem)] if answer.problem else []
    read = zip(answer.lines, map(read_line, answer.answers), strict=True)
    return [(f"排查：{line}", f"{line}\n{said[1]}") for line, said in read if not said[0]]
