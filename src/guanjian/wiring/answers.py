"""Who is sent a matter of his own, what his answer opens, and what is complete when every answer is in."""

from __future__ import annotations

from collections.abc import Iterable

from guanjian.kernel.flow import Facts
from guanjian.loops.answer import actions as answers
from guanjian.loops.answer.actions import Asked
from guanjian.loops.answer.needs import Kind
from guanjian.loops.case.needs import Support
from guanjian.loops.convert.flow import S as ConvertState
from guanjian.loops.convert.models import Convert
from guanjian.loops.operation.flow import S as OperationState
from guanjian.loops.operation.models import Operation
from guanjian.loops.prompt import actions as prompts
from guanjian.loops.prompt.flow import S as PromptState
from guanjian.loops.prompt.models import Prompt
from guanjian.loops.rectify import actions as rectifications
from guanjian.loops.rectify.flow import S as RectifyState
from guanjian.loops.rectify.models import Rectify
from guanjian.moving.placing import must_lie_within
from guanjian.moving.record import Record
from guanjian.moving.verbs import FollowUp, advance
from guanjian.org.actor import SYSTEM, Actor
from guanjian.wiring.keys import number_in

MENDED = (RectifyState.CLOSED_OUT, RectifyState.REVIEW, RectifyState.CLOSED)
WAITING = {"prompt": (Prompt, PromptState.ISSUED), "convert": (Convert, ConvertState.CONVERTING)}
WAITING |= {"operation": (Operation, OperationState.RUNNING)}


def send_prompt(prompt: Record, actor: Actor, facts: Facts) -> None:
    """A prompt, notice or sweep that is signed off goes to each unit addressed as a matter of its own."""
    for unit in prompt.units:
        asked = Asked(Kind(prompt.kind), unit, prompt.message, prompt.answer_by.isoformat(), prompt.checklist)
        answers.send(prompt, actor, asked)


def send_demands(conversion: Record, actor: Actor, facts: Facts) -> None:
    """Each demand of a conversion goes to its unit: a task as a rectification, all else to be confirmed as made."""
    for row in conversion.demands:
        if row["into"] != "task":
            answers.send(conversion, actor, Asked(Kind.CONVERSION, row["unit"], row["what"], row["by"]))
    rectifications.open_in_units(conversion, actor, _tasks(conversion))


def _tasks(conversion: Record) -> Iterable[tuple[str, Facts]]:
    source = "audit" if conversion.source in ("audit", "police_files") else "inspection"
    for row in conversion.demands:
        if row["into"] == "task":
            problem = {"title": f"转化整改：{row['what']}"[:190], "problem": f"{conversion.finding}\n{row['what']}"}
            yield row["unit"], {**problem, **_plain(conversion, source)}


def send_tasks(operation: Record, actor: Actor, facts: Facts) -> None:
    """Each task of an operation that is launched goes to its unit."""
    for row in operation.tasks:
        answers.send(operation, actor, Asked(Kind.OPERATION, row["unit"], row["what"], row["by"]))


def send_support(case: Record, actor: Actor, facts: Facts) -> None:
    """A case's request for valuation, classification or audit goes to the specialists' unit, with the question alone."""
    must_lie_within(case, [facts["support_unit"]])
    text = f"{Support(facts['support']).label.zh}：{facts['question']}"
    answers.send(case, actor, Asked(Kind.SUPPORT, facts["support_unit"], text, facts["support_by"]))


def rectify_answer(answer: Record, actor: Actor, facts: Facts) -> None:
    """Each problem that a self-check or a sweep finds is rectified."""
    plain = _plain(answer, "sweep" if answer.kind == Kind.SWEEP else "own")
    found = [{"title": title[:190], "problem": text, **plain} for title, text in answers.problems_in(answer)]
    rectifications.open_each_for(answer, actor, found)


def _plain(record: Record, source: str) -> Facts:
    return {"source": source, "level": record.level, "gap_code": "", "node_code": ""}


def complete_sender(answer: Record, actor: Actor, facts: Facts) -> None:
    """When the last answer is in, what was sent is complete."""
    _complete(answer.origin)


def complete_conversion(rectify: Record, actor: Actor, facts: Facts) -> None:
    """A rectification that is closed out may be the last thing that a conversion waited for."""
    _complete(rectify.origin)


def _complete(origin: str) -> None:
    loop = origin.partition("/")[0]
    if loop not in WAITING or not answers.all_in(origin):
        return
    if Rectify.objects.filter(origin=origin).exclude(state__in=MENDED).exists():
        return
    model, state = WAITING[loop]
    waiting = model.objects.filter(pk=number_in(origin, loop), state=state).first()
    if waiting is not None:
        advance(waiting, "complete", SYSTEM, {})


def escalate(rectify: Record, actor: Actor, facts: Facts) -> None:
    """A problem that was closed and came back is told at the next level up: a draft prompt lies there."""
    earlier = [number_in(key, "rectify") for key in rectify.recurrence_of]
    if Rectify.objects.filter(pk__in=earlier, state__in=MENDED).exists():
        said = f"{'、'.join(rectify.recurrence_of)} 销号后再次发生：\n{rectify.problem}"
        prompts.open_above(rectify, SYSTEM, said)


ANSWERED = ("self_check", "answer_lines")
CHAIN: dict[str, list[FollowUp]] = {
    "prompt.sign_off": [send_prompt],
    "convert.approve": [send_demands],
    "operation.launch": [send_tasks],
    "case.ask_support": [send_support],
    **{f"answer.{step}": [rectify_answer] for step in ANSWERED},
    "answer.accept": [complete_sender],
    "answer.withdraw": [complete_sender],
    "rectify.close_out": [complete_conversion],
    "rectify.start": [escalate],
}
