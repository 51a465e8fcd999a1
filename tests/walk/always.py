"""What must hold after every step, written from the law and the house rules, not from the step tables.

Each rule is asked when a record was touched, with its story: the steps so far as the ledger tells them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from guanjian.loops.answer.models import Answer
from guanjian.loops.rectify.models import Rectify
from guanjian.moving.models import Signature
from guanjian.moving.record import Record
from tests.walk import governance, leading, responsibility, staff, watching


@dataclass(frozen=True)
class Deed:
    """One step as it was taken; `due_at` is when the wait before it was to end."""

    step: str
    actor: str
    at: datetime
    due_at: datetime | None


Story = Sequence[Deed]
Rule = Callable[[Record, Story], None]
ASUNDER = {  # loop: (who decides, whose work it is)
    "alert": [("close", "verify"), ("close", "confirm"), ("close", "dispose"), ("close", "review"), ("review", "verify")],
    "clue": [("approve", "submit"), ("reject", "submit"), ("receive", "submit"), ("receive", "approve"),
             ("countersign", "propose_no_gap"), ("uphold", "reject"), ("close", "submit")],
    "case": [(decision, work) for decision in ("decide", "decide_together", "prosecute", "withdraw")
             for work in ("conclude", "pass_review")] + [("pass_review", "conclude"), ("decide", "notify")],
    "rectify": [(end, work) for end in ("close_out", "look_back") for work in ("plan", "give_evidence", "apply")]
               + [("look_back", "close_out")],
    "lead": [("countersign", "conclude"), ("seal", "refute"), ("agree", "postpone")],
    "instruction": [("countersign", "submit"), ("approve", "submit"), ("approve", "countersign"), ("evaluate", "submit")],
    "prompt": [("sign_off", "submit")],
    "convert": [("approve", "decide"), ("verify", "decide")],
    "operation": [("customs_agrees", "submit"), ("police_agrees", "submit"), ("police_agrees", "customs_agrees"),
                  ("conclude", "evaluate")],
    "answer": [("accept", "self_check"), ("accept", "answer_lines"), ("accept", "report_result"), ("take_advice", "advise")],
    "oversight": [("uphold", "reply_police"), ("uphold", "answer_customs"), ("maintain", "uphold"), ("annul", "uphold")],
    **leading.ASUNDER,
    "fieldwork": [("approve", "arrive"), ("approve", "join"), ("approve", "submit"), ("join", "arrive")],
}  # fmt: skip
UNMENDED = ("opened", "rectifying", "evidenced", "applied")  # states of a rectification that was not closed out
CRIME_FROM = {"person": Decimal(100_000), "unit": Decimal(200_000)}  # 两高走私解释（2014）art. 16, 24


def last(story: Story, *steps: str) -> int:
    """Where one of these steps was taken last; -1 where none was."""
    return max((n for n, deed in enumerate(story) if deed.step in steps), default=-1)


def no_initiator_approves(record: Record, story: Story) -> None:
    """Whoever decides did not do the work that is decided on."""
    now = story[-1]
    for decision, work in ASUNDER.get(record.flow.name, ()):
        if now.step == decision and (done := last(story, work)) >= 0:
            assert story[done].actor != now.actor, f"{record.key}: {now.actor} took {work} and {decision}"


def state_and_clock_agree(record: Record, story: Story) -> None:
    """A state of the flow; an end has no clock and a day of closing, every other state has a clock and none."""
    assert record.state in {str(state) for state in record.flow.states}, f"{record.key} in {record.state}"
    assert (record.closed_at is not None) == (record.due_at is None) == record.is_closed, f"{record.key} {record.state}"
    assert record.version == len(story), f"{record.key}: version {record.version} after {len(story)} entries"


def clue_closes_with_feedback_and_plug(record: Record, story: Story) -> None:
    """A clue closes when it was fed back and its loophole is plugged, or another hand signed that there is none."""
    if record.flow.name != "clue" or record.state != "closed" or story[-1].step not in ("close", "countersign"):
        return
    fed_back = last(story, "feed_back", "explain")
    assert fed_back > last(story, "receive"), f"{record.key} closed without feedback"
    if story[-1].step == "countersign":
        assert Signature.objects.filter(subject=record.key, step="countersign").exists(), record.key
        return
    plugged = Rectify.objects.filter(origin=record.key)
    assert plugged, f"{record.key} closed without a rectification"
    assert all(one.state not in UNMENDED for one in plugged), f"{record.key} closed, its loophole is open"


def decisions_are_reviewed(record: Record, story: Story) -> None:
    """Nothing is decided or prosecuted before the legal review of what was concluded last; no fine replaces a transfer."""
    if record.flow.name != "case" or story[-1].step not in ("decide", "decide_together", "prosecute", "withdraw"):
        return
    assert last(story, "pass_review") > last(story, "conclude") >= 0, f"{record.key} decided without legal review"
    if record.outcome != "penalty" or story[-1].step in ("prosecute", "withdraw"):
        return
    assert record.kind == "administrative", f"{record.key}: a fine in a criminal case"
    assert (record.evaded_cny or 0) < CRIME_FROM[record.party], f"{record.key}: a fine where transfer is due"
    told = Decimal(record.facts["notify"]["fine_cny"])
    assert 0 < record.fine_cny <= told, f"{record.key}: fined {record.fine_cny}, told {told}"
    assert last(story, "notify") > last(story, "pass_review"), f"{record.key}: the party was told before the review"


def nobody_is_judged_unheard(record: Record, story: Story) -> None:
    """No conclusion before the reply, the end of the time to reply, or within a postponement that another agreed to."""
    if record.flow.name != "lead":
        return
    now, begun = story[-1], last(story, "verify")
    if now.step == "lapse":
        assert now.at >= now.due_at, f"{record.key} lapsed before its time"
    if now.step in ("conclude", "refute"):
        heard = last(story, "reply", "lapse") > begun
        agreed = last(story, "agree") > max(begun, last(story, "refuse"))
        valid = agreed and record.review_on and record.review_on >= timezone.localdate()
        assert heard or valid, f"{record.key} concluded unheard"


def countersigned_before_it_counts(record: Record, story: Story) -> None:
    """An instruction is signed by function, an operation by both sides, after what was submitted last."""
    wanted = {
        ("instruction", "approve"): ("countersign",),
        ("operation", "launch"): ("customs_agrees", "police_agrees"),
    }
    for signature in wanted.get((record.flow.name, story[-1].step), ()):
        assert last(story, signature) > last(story, "submit") >= 0, f"{record.key}: {signature} is not under the plan"


def complete_means_all(record: Record, story: Story) -> None:
    """What was sent to units is complete when every answer is in and every task of it is done."""
    if story[-1].step == "complete" and record.flow.name in ("prompt", "convert", "operation"):
        answers = Answer.objects.filter(origin=record.key)
        assert all(one.is_closed for one in answers), f"{record.key} complete, an answer is due"
        tasks = Rectify.objects.filter(origin=record.key) if record.flow.name == "convert" else ()
        assert all(one.state not in UNMENDED for one in tasks), f"{record.key} complete, a task is open"


RULES: tuple[Rule, ...] = (
    state_and_clock_agree,
    no_initiator_approves,
    clue_closes_with_feedback_and_plug,
    decisions_are_reviewed,
    nobody_is_judged_unheard,
    countersigned_before_it_counts,
    complete_means_all,
    *governance.RULES,
    *leading.RULES,
    *responsibility.RULES,
    *staff.RULES,
    *watching.RULES,
)
