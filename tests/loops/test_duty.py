"""A leader's duties: evidence from the trace alone, both lines, heard, judged by two others, credit and dereliction."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from guanjian.crossing import duties
from guanjian.crossing.duty_trace import BY_DUTY
from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.loops.alert.models import Alert
from guanjian.loops.duty.actions import open_list
from guanjian.loops.duty.models import Duty
from guanjian.loops.lead.models import Lead
from guanjian.loops.rectify.actions import open_problem
from guanjian.moving.verbs import advance
from guanjian.org.models import Unit
from tests.cast import actor
from tests.days import date_in
from tests.loops.behind import rewrite
from tests.loops.listing import *  # noqa: F403
from tests.loops.listing import ITEMS, PROBLEM, asked, counts, drawn, over, problem, stated, with_evidence
from tests.loops.moves import go, refused
from tests.loops.samples import given
from tests.loops.world import MODELS, record_of
from tests.signed_in import browser


def test_every_step_that_evidences_a_duty_is_a_step_of_a_loop():
    known = {f"{model.FLOW.name}.{step.name}" for model in MODELS for step in model.FLOW.steps}
    named = [event for events in BY_DUTY.values() for event in events]
    assert set(named) <= known
    assert len(named) == len(set(named))


def test_a_list_is_drawn_up_by_the_level_above_for_who_is_in_office_and_once(running):
    assert (running.subject_id, running.unit_code, running.state) == ("house_head", "2201", "running")
    assert running.items[-1]["kind"] == "statement"
    with pytest.raises(BadInput, match="已经建立"):
        drawn()
    with pytest.raises(BadInput, match="不在该单位该岗位任职"):
        drawn(holder="front")
    with pytest.raises(NotAllowed, match="上一级"):
        open_list(actor("house_head"), Unit.objects.get(pk="2201"), asked(post="section_chief", holder="chief"))


def test_a_list_without_one_of_the_two_lines_is_refused(office):
    with pytest.raises(BadInput, match="缺廉政条线"):
        drawn(items=ITEMS[:1], post="section_chief", holder="chief")
    with pytest.raises(BadInput, match="重复事项"):
        drawn(items=[*ITEMS, ITEMS[0]])


def test_steps_of_the_person_in_the_post_and_territory_are_the_evidence(running):
    go(problem("function"), ("plan", "house_head"))
    go(problem("function", node_code="weigh"), ("plan", "chief"))
    assert duties.turn() == {"looked": 1, "taken": 0}
    duty = Duty.objects.get(pk=running.pk)
    assert [(row["key"], row["step"]) for row in duty.evidence] == [("rectify/1", "plan")]
    assert counts(duty) == {("inspect", "business"): 1, ("talk", "integrity"): 0, ("statement", "integrity"): 0}
    assert duties.turn() == {"looked": 0, "taken": 0}


def test_a_step_elsewhere_or_in_another_post_or_before_the_period_is_no_evidence(running):
    elsewhere = open_problem(actor("function"), Unit.objects.get(pk="2202"), {**PROBLEM, "level": "yellow"})
    both = actor("house_head", ("house_leader", "2202"), ("function", "2200"))
    advance(elsewhere, "plan", both, given(elsewhere, "plan"))
    alert = record_of(Alert)
    rewrite(alert, state="fed_back")
    rewrite(alert, state=next(str(state) for state in alert.flow.step("review").source))
    alert = Alert.objects.get(pk=alert.pk)
    advance(alert, "review", both, given(alert, "review"))
    duties.turn()
    assert Duty.objects.get(pk=running.pk).evidence == []
    go(problem("function"), ("plan", "house_head"))
    rewrite(running, period_from=date_in(1))
    duties.turn()
    assert Duty.objects.get(pk=running.pk).evidence == []


def test_a_compartment_is_never_evidence(running, monkeypatch):
    lead = record_of(Lead)
    advance(lead, "sign", actor("oversight"), {})
    monkeypatch.setitem(duties.DUTY_OF, "lead.sign", next(iter(BY_DUTY)))
    rewrite(running, subject_id="oversight", post="function")
    duties.turn()
    assert Duty.objects.get(pk=running.pk).evidence == []


def test_evidence_that_was_taken_is_not_moved_by_what_comes_later(running):
    go(problem("function"), ("plan", "house_head"))
    duty = with_evidence(running)
    before = (duty.evidence, duty.traced_hash, duty.upto)
    go(problem("function", node_code="weigh"), ("plan", "house_head"))
    duties.turn()
    duty = Duty.objects.get(pk=duty.pk)
    assert (duty.evidence, duty.traced_hash, duty.upto) == before


def test_the_period_ends_and_the_evidence_is_taken_by_itself(running):
    assert over(running).state == "to_state"


def test_nobody_types_evidence_in(running):
    for step in ("look", "take_evidence"):
        for who in ("leader", "oversight", "house_head", "admin"):
            with pytest.raises(NotAllowed):
                advance(running, step, actor(who), given(running, step))


def test_what_is_said_to_be_missed_must_be_in_the_ledger(running):
    mine, others = go(problem("function"), ("plan", "house_head")), problem("function", node_code="weigh")
    duty = with_evidence(running)
    refused(duty, "state", "house_head", "账本中没有", missed=[others.key])
    refused(duty, "state", "house_head", "账本中没有", missed=["rectify/99"])
    assert go(duty, ("state", "house_head", {"missed": [mine.key]})).missed == [mine.key]


def test_the_statement_counts_when_the_person_made_it_himself(running):
    duty = with_evidence(running)
    assert counts(go(duty, ("state", "oversight")))["statement", "integrity"] == 0
    rewrite(duty, state="to_state")
    assert counts(go(Duty.objects.get(pk=duty.pk), ("state", "house_head")))["statement", "integrity"] == 1


def test_no_grade_says_more_than_the_trace(running):
    duty = stated(running)
    refused(duty, "assess", "leader", "业务、廉政条线全无留痕", grade="fair")
    refused(duty, "assess", "leader", "条线全无留痕", grade="good")
    assert go(duty, ("assess", "leader", {"grade": "poor"})).grade == "poor"


def test_what_is_short_is_not_carried_well(running):
    go(problem("function"), ("plan", "house_head"))
    duty = stated(running)
    rewrite(duty, items=[*ITEMS[:1], {"kind": "risk", "line": "business", "least": "1"}])
    duty = Duty.objects.get(pk=duty.pk)
    refused(duty, "assess", "leader", "留痕不足：风险研判（业务）", grade="good")
    assert go(duty, ("assess", "leader", {"grade": "fair"})).state == "assessed"


def test_a_duty_is_not_assessed_by_the_person_nor_by_his_own_level(running):
    duty = stated(running)
    with pytest.raises(NotAllowed, match="回避"):
        advance(duty, "assess", actor("house_head", ("leader", "2200")), given(duty, "assess", grade="poor"))
    for who in ("chief", "function", "oversight", "stranger_function"):
        refused(duty, "assess", who, "由", grade="poor")


def test_the_second_person_and_the_reviewer_are_others(running):
    duty = go(stated(running), ("assess", "leader", {"grade": "poor"}))
    with pytest.raises(NotAllowed, match="另一人"):
        advance(duty, "confirm", actor("leader", ("oversight", "2200")), given(duty, "confirm"))
    duty = go(duty, ("confirm", "oversight"), ("object", "house_head"))
    refused(duty, "uphold", "leader", "另一人")
    refused(duty, "uphold", "oversight", "另一人")
    assert go(duty, ("uphold", "oversight_two")).state == "final"


@pytest.mark.parametrize("column", ["assessed_by", "confirmed_by", "reviewed_by"])
def test_the_database_knows_nobody_who_judged_himself(running, column):
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(pk=running.pk).update(**{column: "house_head"})


def test_the_database_knows_no_judge_twice(running):
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(pk=running.pk).update(assessed_by="leader", confirmed_by="leader")


def test_nothing_is_published_while_it_may_be_objected_to(running):
    duty = go(stated(running), ("assess", "leader", {"grade": "poor"}), ("confirm", "oversight"))
    refused(duty, "publish", "function", "30日内可提出异议")
    rewrite(duty, told_on=date_in(-31))
    assert go(Duty.objects.get(pk=duty.pk), ("publish", "function")).state == "published"


def test_before_it_is_published_only_the_person_and_the_level_above_see_it(running):
    page = f"/duty/{running.pk}/"
    told = {
        who: browser(who).get(page).status_code
        for who in ("house_head", "leader", "oversight", "chief", "front", "stranger")
    }
    assert told == {"house_head": 200, "leader": 200, "oversight": 200, "chief": 404, "front": 404, "stranger": 404}
    rewrite(running, state="published", closed_at=timezone.now(), due_at=None)
    assert [browser(who).get(page).status_code for who in ("chief", "front", "stranger")] == [200, 200, 404]
