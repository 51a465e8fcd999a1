"""Prompts and sweeps, and the answers of the units addressed: one clock each, accepted from above, problems rectified."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.loops.answer.models import Answer
from guanjian.loops.case.models import Case
from guanjian.loops.prompt.models import Prompt
from guanjian.loops.rectify.actions import open_problem
from guanjian.loops.rectify.models import Rectify
from guanjian.moving.verbs import start
from guanjian.org.models import Unit
from tests.cast import actor
from tests.loops.moves import go, refused
from tests.loops.samples import given
from tests.loops.world import record_of

SWEEP = {"kind": "sweep", "checklist": ["价格审核", "双人查验"], "units": ["2201"]}
PROBLEM = {
    "title": "价格",
    "problem": "未审价",
    "source": "own",
    "level": "yellow",
    "gap_code": "price_check",
    "node_code": "",
}


def drafted():
    return start(Prompt, actor("function"), Unit.objects.get(pk="2200"), title="低报价格风险提示", level="yellow")


def issued(**changes):
    return go(drafted(), ("submit", "function", changes), ("sign_off", "leader"))


def accepted(answer, step, **facts):
    return go(answer, ("acknowledge", "chief"), (step, "chief", facts), ("accept", "function"))


def test_another_hand_signs_it_off(office):
    prompt = go(drafted(), ("submit", "function"))
    Prompt.objects.update(hands={**prompt.hands, "submit": "leader"})
    refused(prompt, "sign_off", "leader", "另一人")


def test_a_sweep_has_a_checklist_and_nothing_else_has(office):
    refused(drafted(), "submit", "function", "排查清单", kind="sweep", checklist=[])
    refused(drafted(), "submit", "function", "排查清单", kind="notice", checklist=["价格审核"])
    refused(drafted(), "submit", "function", "今天之后", answer_by=timezone.localdate().isoformat())


@pytest.mark.parametrize("unit", ["5301", "9999"])
def test_units_outside_the_territory_are_named(office, unit):
    with pytest.raises(BadInput, match=unit):
        go(drafted(), ("submit", "function", {"units": ["2201", unit]}))


def test_each_unit_addressed_has_a_matter_and_a_clock_of_its_own(chain):
    prompt = issued()
    sent = Answer.objects.order_by("unit_code")
    assert [(one.unit_code, one.state, one.kind, one.origin) for one in sent] == [
        ("2201", "sent", "prompt", prompt.key),
        ("2202", "sent", "prompt", prompt.key),
    ]
    answer = go(sent[0], ("acknowledge", "chief"))
    assert timezone.localdate(answer.due_at - timedelta(seconds=1)) == prompt.answer_by
    assert Answer.objects.get(unit_code="2202").state == "sent"


def test_it_is_concluded_when_the_last_answer_is_accepted(chain):
    prompt = issued(units=["2201", "2200"])
    accepted(Answer.objects.get(unit_code="2201"), "self_check", result="none", problem="")
    assert Prompt.objects.get().state == "issued"
    last = go(Answer.objects.get(unit_code="2200"), ("acknowledge", "function"), ("object", "leader"))
    refused(last, "withdraw", "function_two", "上一级")
    go(last, ("withdraw", "leader_hq"))
    prompt = Prompt.objects.get()
    assert prompt.state == "answered"
    assert go(prompt, ("conclude", "function")).state == "closed"


def test_nobody_accepts_the_answer_of_his_own_unit(chain):
    issued(units=["2200"])
    answer = go(Answer.objects.get(), ("acknowledge", "function"), ("self_check", "function"))
    refused(answer, "accept", "function_two", "上一级")
    assert go(answer, ("accept", "leader_hq")).state == "closed"


def test_a_problem_found_is_told_and_rectified_once(chain):
    issued(units=["2201"])
    answer = go(Answer.objects.get(), ("acknowledge", "chief"))
    refused(answer, "self_check", "chief", "写明问题", result="found", problem="")
    refused(answer, "self_check", "chief", "写明问题", result="none", problem="有")
    told = {"result": "found", "problem": "三票未审价"}
    answer = go(answer, ("self_check", "chief", told), ("send_back", "function"), ("self_check", "chief", told))
    task = Rectify.objects.get()
    assert (task.origin, task.problem, task.source, task.unit_code) == (answer.key, "三票未审价", "own", "2201")


def test_every_line_of_a_sweep_is_answered_and_each_no_is_rectified(chain):
    issued(**SWEEP)
    answer = go(Answer.objects.get(), ("acknowledge", "chief"))
    for answers, says in ((["是"], "逐项答复"), (["是", "大概"], "第2项"), (["是", "否"], "写明问题")):
        refused(answer, "answer_lines", "chief", says, answers=answers)
    refused(answer, "self_check", "chief", "不适用于“专项排查”")
    go(answer, ("answer_lines", "chief", {"answers": ["是", "否：夜班单人查验"]}))
    assert [(task.source, task.problem) for task in Rectify.objects.all()] == [("sweep", "双人查验\n夜班单人查验")]


def test_only_who_is_late_is_urged_and_an_extension_is_later(chain):
    issued(units=["2201"])
    answer = Answer.objects.get()
    refused(answer, "urge", "function", "未到期")
    Answer.objects.update(due_at=timezone.now() - timedelta(hours=1))
    assert go(Answer.objects.get(), ("urge", "function")).state == "sent"
    answer = go(Answer.objects.get(), ("acknowledge", "chief"))
    refused(answer, "extend", "function", "晚于原期限", answer_by=answer.answer_by.isoformat())
    assert go(answer, ("extend", "function")).due_at > answer.due_at


@pytest.mark.parametrize("mended", ["closed_out", "review", "closed"])
def test_a_mended_problem_that_comes_back_is_told_at_the_next_level_up(chain, mended):
    unit = Unit.objects.get(pk="2201")
    first = open_problem(actor("chief"), unit, PROBLEM)
    open_problem(actor("chief"), unit, PROBLEM)
    assert Prompt.objects.count() == 0
    Rectify.objects.filter(pk=first.pk).update(state=mended)
    third = open_problem(actor("chief"), unit, PROBLEM)
    prompt = Prompt.objects.get()
    assert (prompt.unit_code, prompt.state, prompt.origin, prompt.level) == ("2200", "drafted", third.key, "orange")
    assert first.key in prompt.message


def test_at_headquarters_nobody_is_above(chain):
    unit = Unit.objects.get(pk="0000")
    open_problem(actor("leader_hq"), unit, PROBLEM)
    Rectify.objects.update(state="closed")
    assert open_problem(actor("leader_hq"), unit, PROBLEM).recurrence_of
    assert Prompt.objects.count() == 0


def test_a_case_asks_specialists_with_the_question_alone_and_takes_their_opinion(chain):
    case = go(record_of(Case), ("assign", "police_head"))
    past = given(case, "ask_support")["support_by"][:4]
    refused(case, "ask_support", "police", "今天之后", support_by=f"{int(past) - 1}-01-01")
    with pytest.raises(BadInput, match="5301"):
        go(case, ("ask_support", "police", {"support_unit": "5301"}))
    case = go(case, ("ask_support", "police", {"question": "该批泵的成交价格是否合理？"}))
    asked = Answer.objects.get()
    assert (case.state, asked.kind, asked.unit_code) == ("investigated", "support", "2200")
    assert "成交价格" in asked.asked
    answer = go(asked, ("acknowledge", "function"), ("advise", "function"))
    refused(answer, "accept", "leader_hq", "不适用")
    assert go(answer, ("take_advice", "police")).state == "closed"
