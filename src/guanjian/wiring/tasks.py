"""What a task opens, and what urging does to it: parts, red lamps, the day promised anew, the ruling."""

from __future__ import annotations

from guanjian.kernel.flow import Facts
from guanjian.loops.task.actions import Assigned, assign
from guanjian.loops.task.flow import UNDER_WAY, S
from guanjian.loops.task.models import Task
from guanjian.loops.task.needs import Role
from guanjian.loops.urge.flow import Kind
from guanjian.moving.record import Record
from guanjian.moving.verbs import FollowUp, advance
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Unit
from guanjian.wiring.keys import number_in

WITH_IT = "主任务已收回：{}"


def open_assisting(task: Record, actor: Actor, facts: Facts) -> None:
    """Each unit that assists has a task of its own, with the date and the standard of the host's."""
    issuer = Unit.objects.get(pk=task.issuer_unit_code) if task.assisting else None
    for row in task.assisting:
        said = f"协办“{task.title}”：{row['what']}"
        given = Assigned(
            row["what"], row["unit"], row["post"], task.finish_by.isoformat(), task.standard, said, Role.ASSIST
        )
        assign(task, issuer, actor, given)


def open_parts(task: Record, actor: Actor, facts: Facts) -> None:
    """Each part is a task of its own, assigned by the unit that decomposed the whole."""
    issuer = Unit.objects.get(pk=task.unit_code)
    for row in facts["parts"]:
        said = f"分解自“{task.title}”：{row['what']}"
        given = Assigned(row["what"], row["unit"], row["post"], row["by"], row["standard"], said, row["role"])
        assign(task, issuer, actor, given)


def withdraw_parts(task: Record, actor: Actor, facts: Facts) -> None:
    """What was a part of a withdrawn task is withdrawn with it."""
    for part in task.open_parts():
        reason = WITH_IT.format(facts["reason"])
        if part.state in UNDER_WAY:
            advance(part, "withdraw", SYSTEM, {"reason": reason})


def count_red(urging: Record, actor: Actor, facts: Facts) -> None:
    """The lamp of a task turned red: it is counted while the task lies with whom it was assigned to."""
    task = _task(urging)
    if task is not None and task.state in UNDER_WAY:
        advance(task, "count_red", SYSTEM, {"urged_key": urging.key, "urged_how": Kind(urging.kind).label.zh})


def renew(urging: Record, actor: Actor, facts: Facts) -> None:
    """The day promised when urged is the task's new day: missed again, the next red weighs more."""
    task = _task(urging)
    if task is not None and task.state == S.WORKING:
        advance(task, "renew", SYSTEM, {"due_on": facts["finish_by"]})


def note_ruling(urging: Record, actor: Actor, facts: Facts) -> None:
    """Who was held to account in a task is not praised for it."""
    task = _task(urging)
    if task is not None and not task.is_closed:
        advance(task, "note_ruling", SYSTEM, {"ruling": facts["ruling"]})


def _task(urging: Record) -> Task | None:
    return Task.objects.filter(pk=number_in(urging.origin, "task")).first()


CHAIN: dict[str, list[FollowUp]] = {
    "task.start": [open_assisting],
    "task.decompose": [open_parts],
    "task.withdraw": [withdraw_parts],
    "task.drop": [withdraw_parts],
    "urge.start": [count_red],
    "urge.answer": [renew],
    "urge.interview": [renew],
    "urge.decide": [note_ruling],
}
