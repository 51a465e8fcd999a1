"""What must hold of leaders' duties and of appraisals after every step, written from the house rules and not from the step tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from guanjian.moving.record import Record

JUDGING = ("assess", "confirm", "send_back", "uphold", "amend", "publish", "lapse", "strike")
TO_OBJECT = timedelta(days=30)
RUNNING = ("running", "struck")


def _when(story: Sequence, *steps: str) -> int:
    """Where one of these steps was taken last; -1 where none was."""
    return max((n for n, deed in enumerate(story) if deed.step in steps), default=-1)


def nobody_judges_his_own_duties(record: Record, story: Sequence) -> None:
    """The person whose duties they are takes no step of their assessment but to speak and to object."""
    if record.flow.name == "duty" and story[-1].step in JUDGING:
        assert story[-1].actor != record.subject_id, f"{record.key}: {story[-1].actor} judged himself"


def evidence_is_what_the_system_took(record: Record, story: Sequence) -> None:
    """Evidence comes from the system alone, and stays as it was taken."""
    if record.flow.name != "duty":
        return
    seen = [deed.actor for deed in story if deed.step in ("look", "take_evidence")]
    assert set(seen) <= {"system"}, f"{record.key}: evidence was given by {seen}"
    if record.state not in RUNNING and _when(story, "take_evidence") >= 0:
        assert record.evidence == record.facts["take_evidence"]["evidence"], f"{record.key}: evidence moved"


def no_grade_beyond_the_trace(record: Record, story: Sequence) -> None:
    """What is short in the trace is not called carried, and what is grave is not passed over."""
    if record.flow.name == "duty" and story[-1].step in ("assess", "amend"):
        assert record.grade != "good" or not record.missing(), f"{record.key}: good without evidence"
        assert record.outcome != "none" or not record.pursued(), f"{record.key}: a grave fault was passed over"


def duties_are_published_when_objection_is_over(record: Record, story: Sequence) -> None:
    """Thirty days lie between telling and publishing, or the objection was answered."""
    if record.flow.name == "duty" and story[-1].step == "publish":
        told, answered = _when(story, "confirm"), _when(story, "uphold", "amend")
        assert answered > told or story[-1].at - story[told].at >= TO_OBJECT, f"{record.key} published too early"


def inputs_are_what_was_frozen(record: Record, story: Sequence) -> None:
    """What an appraisal counts came from the system, and is what was frozen or counted again last."""
    if record.flow.name != "appraisal":
        return
    frozen = _when(story, "freeze", "recount")
    if frozen >= 0:
        deed = story[frozen]
        assert deed.actor == "system", f"{record.key}: {deed.actor} gave the counts"
        assert record.inputs == record.facts[deed.step]["inputs"], f"{record.key}: what was frozen moved"
    if record.published_at:
        assert record.state == "published", f"{record.key} changed after publication"


RULES = (
    nobody_judges_his_own_duties,
    evidence_is_what_the_system_took,
    no_grade_beyond_the_trace,
    duties_are_published_when_objection_is_over,
    inputs_are_what_was_frozen,
)
ASUNDER = {
    "duty": [(judge, work) for judge in ("confirm", "uphold", "amend") for work in ("assess",)]
    + [("uphold", "confirm"), ("amend", "confirm")],
    "appraisal": [
        ("uphold", "review"),
        ("correct", "review"),
        ("decide", "review"),
        ("decide", "uphold"),
        ("publish", "decide"),
    ],
}
RARE = ([("duty", "confirm")], [("appraisal", "decide")])
SPAN = {"period_from": (date(2026, 3, 1),), "period_until": (date(2026, 4, 10),)}
KINDS = {
    "duty": {"subject_type": ("officer",), "subject_id": ("house_head", "all_house", "everything"), **SPAN},
    "appraisal": SPAN,
}
