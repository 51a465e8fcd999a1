"""What must hold of meetings and tasks after every step, written from the rules of office and not from the step tables."""

from __future__ import annotations

from collections.abc import Sequence

from guanjian.loops.meeting.models import Meeting
from guanjian.loops.task.models import Task
from guanjian.moving.models import Signature
from guanjian.moving.record import Record
from guanjian.org.models import Unit
from guanjian.org.posts import Holder

WORK = ("promise", "decompose", "report", "finish")
OVER = ("done", "withdrawn")


def a_task_has_unit_post_and_date(record: Record, story: Sequence) -> None:
    """No task without a unit that is there, a post that business is assigned to, and a date."""
    if isinstance(record, Task):
        assert Unit.objects.filter(pk=record.unit_code).exists(), f"{record.key} in unit {record.unit_code!r}"
        assert record.post in set(Holder), f"{record.key} with post {record.post!r}"
        assert record.finish_by is not None, f"{record.key} without a date"


def the_whole_waits_for_its_parts(record: Record, story: Sequence) -> None:
    """What is reported done, or is done, has no part that is not; a withdrawn whole leaves no part to be accepted."""
    if isinstance(record, Task) and record.state in ("reported", "done"):
        states = set(Task.objects.filter(origin=record.key).values_list("state", flat=True))
        assert states <= set(OVER), f"{record.key} is {record.state}, its parts are {states}"
    if isinstance(record, Task) and story[-1].step == "withdraw":
        left = Task.objects.filter(origin=record.key, state__in=["assigned", "working"])
        assert not left.exists(), f"{record.key} is withdrawn, its parts go on"


def nobody_judges_his_own_task(record: Record, story: Sequence) -> None:
    """Who evaluates took no work on it, ever; who reviews an objection neither assigned the task nor objected."""
    if not isinstance(record, Task):
        return
    now, hands = story[-1], {deed.actor for deed in story if deed.step in WORK}
    if now.step in ("evaluate", "send_back"):
        assert now.actor not in hands, f"{record.key}: {now.actor} worked on it and judges it"
    if now.step in ("uphold", "adjust", "drop"):
        objected = [deed.actor for deed in story if deed.step == "object"][-1]
        assert now.actor not in (objected, story[0].actor), f"{record.key}: {now.actor} reviews his own"


def every_red_is_one_of_the_clock(record: Record, story: Sequence) -> None:
    """As many reds as the clock counted; who was late is not called excellent."""
    if isinstance(record, Task):
        assert record.reds == sum(deed.step == "count_red" for deed in story), f"{record.key}: {record.reds} reds"
        assert not (record.grade == "excellent" and record.reds), f"{record.key} excellent after {record.reds} reds"


def minutes_are_signed_before_they_are_issued(record: Record, story: Sequence) -> None:
    """After the meeting was recorded last: customs signed, of a joint conference the police too, other hands than wrote."""
    if not isinstance(record, Meeting) or story[-1].step != "issue":
        return
    written = max(n for n, deed in enumerate(story) if deed.step in ("hold", "hold_jointly"))
    signed = {deed.step: deed.actor for deed in story[written:] if deed.step.startswith("sign_")}
    wanted = {"sign_customs"} | ({"sign_police"} if record.kind == "joint" else set())
    assert wanted <= set(signed), f"{record.key} issued with {sorted(signed)}"
    assert story[written].actor not in signed.values(), f"{record.key}: {story[written].actor} wrote and signed"
    assert len(set(signed.values())) == len(signed), f"{record.key}: one person signed for both sides"
    assert Signature.objects.filter(subject=record.key).count() >= len(wanted), record.key


def every_decision_is_followed_up(record: Record, story: Sequence) -> None:
    """To every decision of issued minutes a task; closed only when each is done, withdrawn with a reason, or explained."""
    if not isinstance(record, Meeting) or record.state not in ("following", "closed"):
        return
    tasks = Task.objects.filter(origin=record.key).order_by("pk")
    if story[-1].step != "issue":  # the tasks follow upon it
        assert len(tasks) >= len([deed for deed in story if deed.step == "note_task"]), record.key
    if record.state == "closed":
        assert len(tasks) == len(record.decisions), (
            f"{record.key}: {len(tasks)} tasks, {len(record.decisions)} decisions"
        )
        for number, task in enumerate(tasks, 1):
            why = record.followed[str(number)].get("why")
            assert task.state == "done" or why, f"{record.key}: {task.key} is {task.state} without a reason"


RULES = (
    a_task_has_unit_post_and_date,
    the_whole_waits_for_its_parts,
    nobody_judges_his_own_task,
    every_red_is_one_of_the_clock,
    minutes_are_signed_before_they_are_issued,
    every_decision_is_followed_up,
)
RARE = (
    [("task", "evaluate")],
    [("task", "uphold"), ("task", "adjust"), ("task", "drop")],
    [("meeting", "issue")],
    [("meeting", "close")],
)
