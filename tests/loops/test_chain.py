"""The whole closed chain: an alert becomes a clue, a case, a lesson, a task, and only then everything closes."""

from datetime import timedelta

import pytest

from guanjian.kernel.errors import NotAllowed
from guanjian.loops.alert.actions import open_from_finding, outcomes_since, rates
from guanjian.loops.alert.models import Alert
from guanjian.loops.case.models import Case
from guanjian.loops.clue.models import Clue
from guanjian.loops.rectify.models import Rectify
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit
from tests.cast import actor
from tests.days import day
from tests.loops.findings import finding
from tests.loops.moves import go, refused
from tests.loops.samples import given

DISPOSAL = {"measures": ["instructed"], "opinion": "移交缉私处理", "transfer_clue": True}


@pytest.fixture
def alert(chain):
    return open_from_finding(finding(), Unit.objects.get(pk="2201"), SYSTEM, source="simulated-22")


def disposed(alert):
    return go(alert, ("sign", "front"), ("verify", "front"), ("confirm", "front"), ("dispose", "front", DISPOSAL))


def filed(alert):
    disposed(alert)
    return go(
        Clue.objects.get(),
        ("submit", "front"),
        ("approve", "house_head"),
        ("transfer", "front"),
        ("receive", "police"),
        ("file_criminal", "police_head"),
    )


def fed_back(alert, **lesson):
    filed(alert)
    return go(
        Case.objects.get(),
        ("assign", "police_head"),
        ("conclude", "police"),
        ("pass_review", "legal"),
        ("prosecute", "police_head"),
        ("record_judgment", "police"),
        ("feed_back", "police", lesson),
    )


def test_the_whole_chain_closes(alert):
    fed_back(alert, gap_code="price_check", gap_description="价格审核未覆盖该商品")
    clue, task = Clue.objects.get(), Rectify.objects.get()
    assert (clue.state, clue.rectify_key, task.origin, task.gap_code) == ("plugging", "", clue.key, "price_check")
    task = go(task, ("plan", "chief"), ("give_evidence", "front"), ("apply", "chief"), ("close_out", "function"))
    assert Clue.objects.get().state == "plugging"
    refused(task, "look_back", "oversight", "经会签")
    go(task, ("ask_effect", "function"))
    task = go(Rectify.objects.get(), ("sign_effect", "oversight"))
    clue = go(Clue.objects.get(), ("close", "function"))
    assert "本业务量下不可测：0/0" in clue.facts["plug"]["effect"]
    assert (clue.state, clue.rectify_key, clue.case_key) == ("closed", task.key, Case.objects.get().key)
    refused(task, "look_back", "oversight", "转成效复核")
    assert go(task, ("send_to_review", "oversight")).state == "review"
    assert go(Case.objects.get(), ("close", "risk")).state == "closed"


def test_a_clue_is_not_closed_before_feedback_and_plugging(alert):
    clue = filed(alert)
    for name in ("close", "plug", "issue_gap", "countersign"):
        with pytest.raises(NotAllowed):
            advance(clue, name, actor("function"), given(clue, name))


def test_without_a_loophole_oversight_countersigns(alert):
    fed_back(alert)
    clue = Clue.objects.get()
    assert clue.state == "fed_back"
    clue = go(clue, ("propose_no_gap", "function"))
    with pytest.raises(NotAllowed):
        go(clue, ("countersign", "function"))
    assert go(clue, ("countersign", "oversight")).state == "closed"


def test_an_alert_disposed_of_twice_has_one_clue(alert):
    alert = disposed(alert)
    alert = go(alert, ("feed_back", "front"), ("send_back", "function"))
    go(alert, ("verify", "front"), ("confirm", "front"), ("dispose", "front", DISPOSAL))
    assert Clue.objects.count() == 1


def test_a_disposal_that_names_a_problem_opens_a_rectification(alert):
    facts = {"measures": ["rule_change"], "transfer_clue": False, "open_rectify": True, "problem": "制度未规定复核"}
    go(alert, ("sign", "front"), ("verify", "front"), ("confirm", "front"), ("dispose", "front", facts))
    assert (Rectify.objects.get().origin, Clue.objects.count()) == (alert.key, 0)


def test_a_closed_alert_teaches_its_detector(alert):
    go(disposed(alert), ("feed_back", "front"), ("review", "function"), ("close", "oversight"))
    [outcome], [rate] = outcomes_since(), rates()
    assert (outcome.finding_id, outcome.code, outcome.verdict) == (finding().key, "VAL-01", "confirmed")
    assert (rate.alerts, rate.closed, rate.confirmed, rate.hit.value, rate.false_alarm.value) == (1, 1, 1, 1.0, 0.0)
    assert rate.hit.interval == pytest.approx((0.2065, 1.0), abs=1e-4)
    assert list(outcomes_since(Alert.objects.get().closed_at + timedelta(seconds=1))) == []


def test_an_open_alert_has_no_rate_yet(alert):
    assert rates()[0].hit is None


def test_a_problem_that_comes_back_is_raised_and_says_which_it_repeats(chain):
    from guanjian.loops.rectify.actions import open_problem

    unit, problem = Unit.objects.get(pk="2201"), {"title": "价格", "problem": "未审价", "source": "own"}
    coded = {**problem, "level": "yellow", "gap_code": "price_check", "node_code": ""}
    first, second = open_problem(actor("chief"), unit, coded), open_problem(actor("chief"), unit, coded)
    elsewhere = open_problem(actor("chief"), Unit.objects.get(pk="2202"), coded)
    assert (first.recurrence_of, first.level) == ([], "yellow")
    assert (second.recurrence_of, second.level, second.found_at_level) == ([first.key], "orange", "yellow")
    assert second.title.startswith("【复发】")
    assert elsewhere.recurrence_of == []


def test_work_cannot_be_dated_before_the_problem_was_found(chain):
    from guanjian.loops.rectify.actions import open_problem

    problem = {"title": "价格", "problem": "未审价", "source": "own", "level": "blue", "gap_code": "", "node_code": ""}
    task = go(open_problem(actor("chief"), Unit.objects.get(pk="2201"), problem), ("plan", "chief"))
    with pytest.raises(NotAllowed, match="倒签"):
        go(task, ("give_evidence", "front", {"done_on": day(-2)}))
