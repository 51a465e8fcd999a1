"""What must hold of trainings and postings after every step, written from the law; and an office in which a post needs a certificate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from guanjian.loops.training.drawing import right
from guanjian.moving.record import Record
from guanjian.org import certificates
from guanjian.org.models import Certificate
from tests.kernel.test_ranks import read
from tests.loops.staff import SAMPLE

ONLY = "risk"  # the one of the walkers who holds this post alone: without the certificate he takes no step of it
LONG = timedelta(days=300)
DECIDING = ("clear", "let_go", "consent", "appoint", "appoint_above")


def demand_certificates() -> None:
    """Risk analysts of the district need the sample course; the one who holds nothing else has passed it."""
    today = timezone.localdate()
    certificates.demand(SAMPLE.code, [ONLY], "2200", today - timedelta(days=1), "course/0")
    certificates.keep(ONLY, SAMPLE.code, today, today + LONG, "training/0#0")


def answered(record: Record, rng: Random) -> list[dict[str, Any]]:
    """Half of the people know it all, the others guess."""
    knows = rng.random() < 0.5
    told = enumerate(record.paper, 1)
    return [{"number": str(n), "answer": right(one, SAMPLE) if knows else rng.choice("ABCD")} for n, one in told]


def a_failed_or_expired_assessment_blocks(record: Record, story: Sequence) -> None:
    """Who holds the post alone took no step after a failure, nor after the last day of the certificate."""
    now = story[-1]
    if now.actor != ONLY or now.step == "start" or record.flow.step(now.step).open_to_learners:
        return
    held = Certificate.objects.filter(person_id=ONLY, course=SAMPLE.code).order_by("on", "pk").last()
    assert held.passed, f"{record.key} {now.step}: {ONLY} failed on {held.on} and took it"
    assert held.until >= timezone.localdate(now.at), f"{record.key} {now.step}: the certificate ended on {held.until}"


def nobody_is_certified_below_the_mark(record: Record, story: Sequence) -> None:
    """Who is certified has answered the paper that was drawn for him."""
    if record.flow.name != "training" or story[-1].step != "pass_it":
        return
    told = {int(row["number"]): row["answer"] for row in record.answers}
    good = sum(told.get(n) == right(one, SAMPLE) for n, one in enumerate(record.paper, 1))
    assert 100 * good >= SAMPLE.pass_mark * len(record.paper), f"{record.key}: {good} of {len(record.paper)}"


def no_rank_outside_its_band(record: Record, story: Sequence) -> None:
    """By the table of the two laws, whatever the record says of its own band."""
    if record.flow.name == "posting" and record.new_rank:
        highest, lowest = read()[record.to_line, record.to_level]
        assert highest <= record.new_rank <= lowest, f"{record.key}: {record.new_rank} as {record.to_level}"


def different_people_propose_clear_consent_and_appoint(record: Record, story: Sequence) -> None:
    """No two of them since it was proposed last; and nobody decides about himself."""
    if record.flow.name != "posting" or story[-1].step not in DECIDING:
        return
    begun = max(n for n, deed in enumerate(story) if deed.step == "propose")
    hands = [deed.actor for deed in story[begun:] if deed.step in ("propose", *DECIDING)]
    assert len(hands) == len(set(hands)), f"{record.key}: {hands}"


def a_class_is_measured_proposed_and_adopted_by_different_hands(record: Record, story: Sequence) -> None:
    """By the system, then two people above the unit; it holds from the day adopted at the earliest and never by itself."""
    if record.flow.name != "classing" or story[-1].step != "adopt":
        return
    steps = {deed.step: deed for deed in story}
    assert steps["measure"].actor == "system", f"{record.key} was measured by {steps['measure'].actor}"
    assert "system" not in (steps["propose"].actor, story[-1].actor), f"{record.key} was classed by itself"
    assert steps["propose"].actor != story[-1].actor, f"{record.key}: {story[-1].actor} proposed and adopted"
    assert record.since >= timezone.localdate(story[-1].at), f"{record.key} in force before it was adopted"


def a_unit_has_one_class_on_a_day(record: Record, story: Sequence) -> None:
    """On the day of the step no other classing of the unit is in force beside one that was adopted after it."""
    if record.flow.name != "classing" or story[-1].step != "follow":
        return
    after = type(record).objects.get(pk=int(record.facts["follow"]["by"].partition("/")[2]))
    assert record.until < after.since, f"{record.key} and {after.key} overlap"


RULES = (
    a_class_is_measured_proposed_and_adopted_by_different_hands,
    a_unit_has_one_class_on_a_day,
    a_failed_or_expired_assessment_blocks,
    nobody_is_certified_below_the_mark,
    no_rank_outside_its_band,
    different_people_propose_clear_consent_and_appoint,
)
RARE = (
    [("training", "pass_it")],
    [("training", "fail_it"), ("training", "time_out")],
    [("posting", "appoint"), ("posting", "appoint_above")],
    [("classing", "adopt")],
)
