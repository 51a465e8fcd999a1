"""A leader's duties: evidence from the trace alone, both lines, heard, judged by two others, credit and dereliction."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from guanjian.crossing import duties, urging
from guanjian.crossing.duty_trace import BY_DUTY
from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.loops.alert.models import Alert
from guanjian.loops.clue.models import Clue
from guanjian.loops.duty.actions import open_list
from guanjian.loops.duty.models import Duty
from guanjian.loops.lead.models import Lead
from guanjian.loops.rectify.actions import open_problem
from guanjian.loops.urge.models import Urge
from guanjian.moving.verbs import advance, start
from guanjian.org.models import Unit
from guanjian.pages.desk import DESKS
from tests.cast import actor, person
from tests.loops.behind import rewrite
from tests.loops.moves import go, refused
from tests.loops.samples import given
from tests.loops.world import MODELS, record_of
from tests.signed_in import browser

ITEMS = [
    {"kind": "inspect", "line": "business", "least": "1"},
    {"kind": "talk", "line": "integrity", "least": "1"},
]
PROBLEM = {
    "title": "封志登记不全",
    "problem": "抽查发现封志号漏登。",
    "source": "own",
    "gap_code": "",
    "node_code": "seal",
}


def day(offset):
    return (timezone.localdate() + timedelta(days=offset)).isoformat()


def asked(**changes):
    facts = {"unit_code": "2201", "post": "house_leader", "holder": "house_head", "items": ITEMS}
    return {**facts, "period_from": day(-10), "period_until": day(20), **changes}


def drawn(**changes):
    for name in ("house_head", "chief", "front", "police_head", "function", "leader"):
        person(name)
    return open_list(actor("leader"), Unit.objects.get(pk="2200"), asked(**changes))


@pytest.fixture
def running(office):
    return drawn()


def problem(who, **changes):
    return open_problem(actor(who), Unit.objects.get(pk="2201"), {**PROBLEM, "level": "yellow", **changes})


def over(duty):
    """The list with its period over yesterday and the evidence of it taken."""
    Duty.objects.filter(pk=duty.pk).update(period_until=timezone.localdate() - timedelta(days=1))
    duties.turn()
    return Duty.objects.get(pk=duty.pk)


def with_evidence(duty):
    """What was left in the trace so far, as the last day of the period shows it."""
    duties.turn()
    rewrite(duty, state="to_state")
    return Duty.objects.get(pk=duty.pk)


def stated(duty):
    return go(with_evidence(duty), ("state", "house_head"))


def counts(duty):
    return {(row["kind"], row["line"]): int(row["found"]) for row in Duty.objects.get(pk=duty.pk).counted()}


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
    rewrite(running, period_from=timezone.localdate() + timedelta(days=1))
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
    rewrite(duty, told_on=timezone.localdate() - timedelta(days=31))
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


def test_a_problem_found_first_by_the_unit_is_credited(running):
    own, told = problem("chief"), problem("function", node_code="weigh")
    assert own.key in {row["key"] for row in with_evidence(running).credits}
    assert told.key not in {row["key"] for row in Duty.objects.get(pk=running.pk).credits}


def test_what_somebody_outside_found_before_is_no_credit(running):
    problem("function")
    again = problem("chief")
    assert again.key not in {row["key"] for row in with_evidence(running).credits}


def test_a_clue_about_an_enterprise_that_an_alert_named_before_is_no_credit(running):
    about = {"subject_type": "enterprise", "subject_id": "E0007"}
    record_of(Alert, **about)
    house = Unit.objects.get(pk="2201")
    known, new = (
        start(Clue, actor("front"), house, title="线索", **{**about, "subject_id": one}) for one in ("E0007", "E0008")
    )
    duties.turn()
    credited = {row["key"] for row in Duty.objects.get(pk=running.pk).credits}
    assert (known.key in credited, new.key in credited) == (False, True)


def test_a_recurrence_is_pursued_unless_the_unit_found_it_itself(running):
    problem("function")
    problem("function", title="再次发现")
    duty = with_evidence(running)
    assert [(row["fault"], row["weight"]) for row in duty.faults] == [("recurrence", "grave")]
    duty = go(duty, ("state", "house_head"))
    refused(duty, "assess", "leader", "应提出问责建议", grade="poor", outcome="none")
    refused(duty, "assess", "leader", "写明尽职情形", grade="poor", outcome="exempt", diligence="无")
    refused(duty, "assess", "leader", "没有须追究的失职线索", grade="poor", outcome="commend")
    exempted = {"grade": "poor", "outcome": "exempt", "diligence": "已两次报请增加人手并留有记录。"}
    assert go(duty, ("assess", "leader", exempted)).outcome == "exempt"


def test_a_recurrence_that_the_unit_found_first_is_not_pursued(running):
    problem("chief")
    problem("chief", title="再次发现")
    duty = with_evidence(running)
    assert [(row["fault"], row["weight"]) for row in duty.faults] == [("recurrence", "own")]
    assert (
        go(duty, ("state", "house_head"), ("assess", "leader", {"grade": "poor", "outcome": "commend"})).outcome
        == "commend"
    )


def test_a_proposal_needs_a_fact(running):
    rewrite(running, items=[])
    duty = stated(Duty.objects.get(pk=running.pk))
    refused(duty, "assess", "leader", "没有失职线索", grade="good", outcome="propose")
    refused(duty, "assess", "leader", "主动发现", grade="good", outcome="commend")


def after(days):
    return timezone.now() + timedelta(days=days)


def red_three_times(alert):
    """Overdue in three states, one after the other, by the front line."""
    for step in ("sign", "verify", None):
        urging.urge(after(60))
        if step:
            alert = advance(alert, step, actor("front"), given(alert, step))


def test_three_reds_of_a_matter_are_the_leaders_and_the_supervising_departments(office):
    house = drawn()
    department = open_list(
        actor("leader_hq"), Unit.objects.get(pk="0000"), asked(unit_code="2200", post="function", holder="function")
    )
    bureau = open_list(
        actor("leader"),
        Unit.objects.get(pk="2200"),
        asked(unit_code="22P0", post="police_leader", holder="police_head"),
    )
    alert = record_of(Alert)
    red_three_times(alert)
    duties.turn()
    told = {
        one.post: {row["fault"] for row in Duty.objects.get(pk=one.pk).faults if row["key"] == alert.key}
        for one in (house, department, bureau)
    }
    assert {"overdue", "three_reds"} <= told["house_leader"]
    assert "supervision" in told["function"]
    assert told["police_leader"] == set()


def test_an_urging_that_was_withdrawn_speaks_against_nobody(running):
    alert = record_of(Alert)
    urging.urge(after(60))
    duties.turn()
    key = alert.key
    assert key in {row["key"] for row in Duty.objects.get(pk=running.pk).faults}
    urge = Urge.objects.get(origin=key)
    go(urge, ("object", "chief"), ("withdraw", "function"))
    duties.turn()
    assert key not in {row["key"] for row in Duty.objects.get(pk=running.pk).faults}


def test_a_published_proposal_is_decided_for_the_unit_and_asked_of_who_supervises(chain):
    problem("function")
    problem("function", title="再次发现")
    assessed = ("assess", "leader", {"grade": "poor", "outcome": "propose"})
    duty = go(
        stated(drawn()), assessed, ("confirm", "oversight"), ("object", "house_head"), ("uphold", "oversight_two")
    )
    duty = go(duty, ("publish", "function"))
    proposed = Urge.objects.filter(origin=duty.key, kind="accountability")
    assert sorted(proposed.values_list("unit_code", flat=True)) == ["2200", "2201"]
    urging.lift_all()
    assert set(proposed.values_list("state", flat=True)) == {"issued"}
    one = proposed.get(unit_code="2201")
    assert go(one, ("propose", "oversight"), ("decide", "leader")).state == "answered"


def test_nothing_is_pursued_where_nothing_was_proposed(chain):
    duty = go(
        stated(drawn()), ("assess", "leader", {"grade": "poor"}), ("confirm", "oversight"), ("object", "house_head")
    )
    go(duty, ("uphold", "oversight_two"), ("publish", "function"))
    assert not Urge.objects.filter(origin=duty.key).exists()


def test_the_page_says_what_is_not_evidenced(running):
    go(problem("function"), ("plan", "house_head"))
    duties.turn()
    page = browser("house_head").get(f"/duty/{running.pk}/").content.decode()
    assert "检查（业务）：应有1次，留痕1次 · 达到" in page
    assert "谈话（廉政）：应有1次，留痕0次 · 无留痕" in page
    assert "rectify/1 立项" in page
    assert DESKS["duty"].why(Duty.objects.get(pk=running.pk)).zh == "2项留痕不足"


def test_the_api_gives_the_level_above_the_counts(running):
    told = browser("leader").get(f"/api/duties/{running.pk}").json()
    assert (told["state"], told["title"]) == ("running", running.title)
    assert browser("chief").get(f"/api/duties/{running.pk}").status_code == 404


def test_the_ledger_is_read_once_for_all_lists(running, django_assert_max_num_queries):
    drawn(post="section_chief", holder="chief")
    with django_assert_max_num_queries(60):
        duties.turn()
