"""What lies before a meeting, what its decisions become, and how it learns what became of them."""

from __future__ import annotations

from guanjian.kernel.flow import Facts
from guanjian.loops.meeting.flow import S
from guanjian.loops.meeting.models import Meeting
from guanjian.loops.meeting.needs import Outcome, Output
from guanjian.loops.preview import actions as previews
from guanjian.loops.prompt import actions as prompts
from guanjian.loops.rulebook import reading
from guanjian.loops.task.actions import Assigned, assign
from guanjian.moving.record import Record
from guanjian.moving.verbs import FollowUp, advance
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Unit
from guanjian.wiring.agenda import drawn
from guanjian.wiring.keys import number_in


def lay_agenda(meeting: Record, actor: Actor, facts: Facts) -> None:
    """The agenda is drawn from the data at this moment, and fixed."""
    advance(meeting, "lay_agenda", SYSTEM, drawn(meeting, facts))


def assign_decisions(meeting: Record, actor: Actor, facts: Facts) -> None:
    """Every decision becomes a task; a prompt, a notice or a rule is drafted besides."""
    issuer = Unit.objects.get(pk=meeting.unit_code)
    for number, row in enumerate(meeting.decisions, 1):
        said = f"{meeting.title}（{meeting.key}）议定第{number}项：{row['what']}"
        given = Assigned(row["what"], row["unit"], row["post"], row["by"], row["standard"], said)
        task = assign(meeting, issuer, actor, given)
        advance(meeting, "note_task", SYSTEM, {"number": str(number), "task_key": task.key})
        _draft(meeting, row)


def _draft(meeting: Record, row: Facts) -> None:
    if row["into"] in (Output.PROMPT, Output.NOTICE):
        prompts.open_decided(meeting, SYSTEM, row["into"], row["what"])
    elif row["into"] == Output.RULE:
        named = reading.named_in(row["what"], meeting.district_code)
        for rule in (one for one in named if one.state == "in_force"):
            advance(rule, "call_for_amendment", SYSTEM, {"reason": f"{meeting.key}：{row['what']}"})
        if not named:
            previews.open_proposed(meeting, SYSTEM, row["what"])


def tell_done(task: Record, actor: Actor, facts: Facts) -> None:
    """A decision whose task was evaluated is carried out."""
    _tell(task, Outcome.DONE, facts["opinion"])


def tell_withdrawn(task: Record, actor: Actor, facts: Facts) -> None:
    """A decision whose task was withdrawn has the reason of that."""
    _tell(task, Outcome.WITHDRAWN, facts["reason"])


def _tell(task: Record, outcome: Outcome, said: str) -> None:
    meeting = Meeting.objects.filter(pk=number_in(task.origin, "meeting"), state=S.FOLLOWING).first()
    if meeting is not None:
        advance(meeting, "note_outcome", SYSTEM, {"task_key": task.key, "outcome": outcome.value, "said": said})


CHAIN: dict[str, list[FollowUp]] = {
    "meeting.fix_agenda": [lay_agenda],
    "meeting.issue": [assign_decisions],
    "task.evaluate": [tell_done],
    "task.withdraw": [tell_withdrawn],
    "task.drop": [tell_withdrawn],
}
