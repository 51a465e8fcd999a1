"""What must hold of drafts, filings and rules after every step, written from the law and not from the step tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from guanjian.loops.filing.models import Filing
from guanjian.loops.preview.models import Preview
from guanjian.moving.record import Record

DRAFTED = ("draft", "revise", "revise_deeply")
PEN = ("draft", "research", "announce", "sum_up", "consult_experts", "revise", "revise_deeply")
REVIEWS = ("pass_integrity", "pass_legality", "pass_control")
THIRTY = timedelta(days=30)


def _when(story: Sequence, *steps: str) -> int:
    """Where one of these steps was taken last; -1 where none was."""
    return max((n for n, deed in enumerate(story) if deed.step in steps), default=-1)


def no_gate_is_skipped(record: Record, story: Sequence) -> None:
    """Before a review and before the decision all gates before it: researched, the public asked or exempted, experts, then
    the reviews of the last text in their order."""
    if not isinstance(record, Preview) or story[-1].step not in (*REVIEWS, "decide"):
        return
    early = [_when(story, step) for step in ("draft", "research", "consult_experts")]
    asked, text = _when(story, "sum_up", "exempt"), _when(story, *DRAFTED)
    assert -1 not in early, f"{record.key} {story[-1].step}: an early gate was skipped"
    assert asked > _when(story, "revise_deeply"), f"{record.key}: changed in substance, the public was not asked again"
    before = REVIEWS[: REVIEWS.index(story[-1].step)] if story[-1].step in REVIEWS else REVIEWS
    reviews = [text, *(_when(story, review) for review in before), len(story) - 1]
    assert reviews == sorted(set(reviews)), (
        f"{record.key} {story[-1].step} on another text than was reviewed: {reviews}"
    )


def the_public_had_its_time(record: Record, story: Sequence) -> None:
    """Thirty days lie between the notice and the summary."""
    if isinstance(record, Preview) and story[-1].step == "sum_up":
        notice = story[_when(story, "announce")]
        assert story[-1].at - notice.at >= THIRTY, f"{record.key} summed up after {story[-1].at - notice.at}"


def who_drafted_does_not_judge(record: Record, story: Sequence) -> None:
    """The last hand of each kind of work on the draft reviews nothing and decides nothing; a reviewer does not decide."""
    now = story[-1]
    if not isinstance(record, Preview) or now.step not in (*REVIEWS, "decide", "refuse", "find_unlawful", "exempt"):
        return
    kept = PEN + (REVIEWS if now.step in ("decide", "refuse") else ())
    hands = {story[place].actor for step in kept if (place := _when(story[:-1], step)) >= 0}
    assert now.actor not in hands, f"{record.key}: {now.actor} drafted or reviewed and took {now.step}"


def no_rule_before_its_day(record: Record, story: Sequence) -> None:
    """A rule says nothing before the day of its first version and nothing from its repeal on; its state follows."""
    if record.flow.name != "rulebook":
        return
    today = timezone.localdate()
    first = record.versions[0]["since"] if record.versions else "9999"
    said = record.said_on(today)
    if said is not None:
        assert first <= today.isoformat(), f"{record.key} is read before its day"
    if record.state in ("in_force", "evaluating"):
        assert first <= today.isoformat(), f"{record.key} is in force before {first}"
    if record.state == "repealed":
        assert said is None, f"{record.key} is repealed and still read"
        assert record.repealed_on <= today, f"{record.key} is repealed before {record.repealed_on}"
    days = [version["since"] for version in record.versions]
    assert days == sorted(set(days)), f"{record.key}: versions out of order {days}"


def a_rule_has_its_decision(record: Record, story: Sequence) -> None:
    """What was opened from a draft or a filing was decided, and agreed where headquarters was asked."""
    loop, _, number = record.origin.partition("/")
    if record.flow.name != "rulebook" or number in ("", "0") or story[-1].step != "start":
        return
    model = {"preview": Preview, "filing": Filing}[loop]
    wanted = {"preview": "decided", "filing": "agreed"}[loop]
    assert model.objects.get(pk=int(number)).state == wanted, f"{record.key} from {record.origin} without a decision"


def headquarters_answers(record: Record, story: Sequence) -> None:
    """A reform is answered after it was accepted and examined, by other hands than filed it."""
    if record.flow.name != "filing" or story[-1].step not in ("agree", "demand_changes", "suspend", "refuse"):
        return
    filed, accepted, examined = (_when(story, step) for step in ("file", "accept", "examine"))
    assert 0 <= filed < accepted < examined or _when(story, "file_again", "bring_changed") >= 0, record.key
    assert story[-1].actor not in (story[filed].actor, story[examined].actor), record.key


RULES = (
    no_gate_is_skipped,
    the_public_had_its_time,
    who_drafted_does_not_judge,
    no_rule_before_its_day,
    a_rule_has_its_decision,
    headquarters_answers,
)
RARE = (
    [("preview", "pass_legality"), ("preview", "decide")],
    [("rulebook", "take_effect"), ("rulebook", "promulgate")],
    [("filing", "accept")],
)
