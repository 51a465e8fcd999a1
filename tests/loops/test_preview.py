"""The seven gates: none is skipped, each asks for its output, who drafted does not judge, power moves as the law allows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guanjian.customs.codes import codes
from guanjian.kernel.errors import NotAllowed
from guanjian.kernel.rulemaking import WorkPost, why_not_moved
from guanjian.kernel.workdays import end_of
from guanjian.loops.preview.flow import FLOW, REVIEWED, S
from guanjian.loops.preview.models import Preview
from guanjian.loops.preview.needs import Hazard
from guanjian.moving.models import Signature
from guanjian.moving.verbs import advance
from guanjian.org import powers
from tests.cast import actor
from tests.days import date_in
from tests.loops.governance import EXPERT, MET, MOVE
from tests.loops.moves import go, refused
from tests.loops.samples import given
from tests.loops.world import record_of
from tests.signed_in import browser

DRAFTED = (("draft", "function"), ("research", "function"))
TO_EXPERTS = (*DRAFTED, ("exempt", "leader"))
TO_REVIEW = (*TO_EXPERTS, ("consult_experts", "function"))
TO_CONTROL = (*TO_REVIEW, ("pass_integrity", "oversight"), ("pass_legality", "function_two"))
TO_DECISION = (*TO_CONTROL, ("pass_control", "oversight_two"))
GATES = (("research",), ("sum_up", "exempt"), ("consult_experts",), *((gate,) for gate in REVIEWED), ("decide",))


def draft(*steps) -> Preview:
    return go(record_of(Preview), *steps)


def reached(without: tuple[str, ...], begins: S = FLOW.begins) -> set[S]:
    """The states that can be reached when these steps do not exist."""
    seen, steps = {begins}, [step for step in FLOW.steps if step.name not in without]
    for _ in FLOW.states:
        seen |= {step.target for step in steps if seen & set(step.source)}
    return seen


@pytest.mark.parametrize("gate", GATES, ids=["+".join(gate) for gate in GATES])
def test_no_way_leads_past_a_gate_to_a_decision(gate):
    assert S.DECIDED in reached(())
    assert S.DECIDED not in reached(gate)


@pytest.mark.parametrize("who", ["admin", "security", "audit"])
@pytest.mark.parametrize("step", [step.name for step in FLOW.steps])
def test_no_administrator_takes_any_step(office, who, step):
    record = record_of(Preview)
    with pytest.raises(NotAllowed):
        advance(record, step, actor(who), given(record, step))


def test_the_public_has_thirty_days_from_today(office):
    record = draft(*DRAFTED)
    short = date_in(29).isoformat()
    refused(record, "announce", "function", "30日", consult_until=short)
    refused(record, "announce", "function", "90日", consult_until="2099-01-01")
    record = go(record, ("announce", "function"))
    refused(record, "sum_up", "function", "尚未截止")


def test_every_opinion_is_answered(office):
    record = draft(*DRAFTED, ("announce", "function"))
    Preview.objects.update(consult_until=date_in(-1))
    one = {"said": "建议缩短时限", "adopted": "no", "why": "不利于风险防控"}
    refused(record, "sum_up", "function", "逐条", received="3", opinions=[])
    refused(record, "sum_up", "function", "不能多于", received="1", opinions=[one, one])
    assert go(record, ("sum_up", "function", {"received": "0", "opinions": []})).state == "experts"


def test_who_drafted_does_not_exempt_it_from_the_public(office):
    record = draft(*DRAFTED)
    Preview.objects.update(hands={**record.hands, "draft": "leader"})
    refused(record, "exempt", "leader", "另一人")


def test_an_expert_with_an_interest_or_a_pen_is_no_expert(office):
    record = draft(*TO_EXPERTS)
    refused(record, "consult_experts", "function", "2名", experts=[EXPERT])
    refused(
        record, "consult_experts", "function", "回避", experts=[EXPERT, {**EXPERT, "name": "乙", "interest": "has"}]
    )
    refused(record, "consult_experts", "function", "参与起草", experts=[EXPERT, {**EXPERT, "name": "function"}])


def test_each_hazard_is_looked_at(office):
    record = draft(*TO_REVIEW)
    three = [{"kind": kind.value, "where": "无", "against": "无"} for kind in list(Hazard)[1:]]
    refused(record, "pass_integrity", "oversight", "自由裁量", hazards=three)


@pytest.mark.parametrize(("gate", "steps", "who"), [
    ("pass_legality", (*TO_REVIEW, ("pass_integrity", "oversight")), "function"),
    ("pass_control", TO_CONTROL, "oversight"),
])  # fmt: skip
def test_who_drafted_or_judged_before_does_not_judge(office, gate, steps, who):
    refused(draft(*steps), gate, who, "另一人")


@pytest.mark.parametrize(
    ("moves", "says"),
    [
        ([{**MOVE, "to_post": "examination"}], "同一岗位"),
        ([{**MOVE, "to_post": "internal_audit"}], "监督岗位"),
        ([{"node": "release", "from_post": "release", "to_post": "examination"}], "第七十九条"),
        ([MOVE, MOVE], "两次"),
        ([MOVE], None),
        ([{"node": "release", "from_post": "release", "to_post": "technology"}], None),
    ],
)
def test_power_moves_only_where_it_may(moves, says):
    reason = why_not_moved(moves)
    assert (reason and reason.zh and says in reason.zh) if says else reason is None


def test_the_control_review_accounts_for_the_power(office):
    record = draft(*TO_CONTROL)
    refused(record, "pass_control", "oversight_two", "二者择一", moves=[], nothing_moves=False)
    refused(record, "pass_control", "oversight_two", "二者择一", nothing_moves=True)
    refused(record, "pass_control", "oversight_two", "残余风险", residual="high")
    refused(record, "pass_control", "oversight_two", "可追溯", flags=["in_system", "supervisable", "leaves_trace"])
    powers.move([{"node": MOVE["node"], "to_post": "release"}], timezone.localdate(), "2200", "rulebook/9#1")
    refused(record, "pass_control", "oversight_two", "现属“放行”")
    assert go(record, ("pass_control", "oversight_two", {"moves": [{**MOVE, "from_post": "release"}]})).moves


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"attended": ["甲", "乙", "丙"], "votes_for": "3", "votes_against": "0"}, "三分之二"),
        ({"attended": ["甲", "甲", "乙", "丙"]}, "重复"),
        ({"votes_for": "4"}, "之和"),
        ({"dissent": ""}, "不同意见"),
        ({"votes_for": "2", "votes_withheld": "1"}, "半数"),
    ],
)
def test_the_decision_is_collective(office, changes, says):
    refused(draft(*TO_DECISION), "decide", "leader", says, **changes)


def test_whoever_reviewed_does_not_decide(office):
    record = draft(*TO_DECISION)
    Preview.objects.update(hands={**record.hands, "pass_control": "leader"})
    refused(record, "decide", "leader", "另一人")
    assert go(record, ("decide", "leader_hq", MET)).state == "decided"


def test_after_a_change_the_three_reviews_are_done_again_and_signed_again(office):
    record = draft(*TO_DECISION, ("return_decision", "leader", {"substantial": False}))
    refused(record, "revise_deeply", "function", "实质性")
    record = go(record, ("revise", "function"))
    assert record.state == "integrity"
    for gate, who in (
        ("pass_integrity", "oversight"),
        ("pass_legality", "function_two"),
        ("pass_control", "oversight_two"),
    ):
        refused(record, "decide", "leader", "状态下不能进行")
        record = go(record, (gate, who))
    assert Signature.objects.filter(subject=record.key).count() == 2 * len(REVIEWED)
    assert go(record, ("decide", "leader")).state == "decided"


@pytest.mark.parametrize("gate", REVIEWED)
def test_after_a_change_no_way_leads_past_a_review(gate):
    assert S.DECIDED not in reached((gate,), begins=S.REVISING)


def test_a_change_of_substance_goes_to_the_public_again(office):
    record = draft(*TO_REVIEW, ("return_integrity", "oversight", {"substantial": True}))
    refused(record, "revise", "function", "重新征求意见")
    assert go(record, ("revise_deeply", "function")).state == "consult"


def test_the_page_shows_where_the_draft_stands(office):
    record = draft(*TO_REVIEW)
    page = browser("function").get(f"/preview/{record.pk}/").content.decode()
    assert page.index("③ 专家咨询") < page.index("已通过", page.index("③ 专家咨询")) < page.index("正在办理")


def test_the_posts_of_the_nodes_are_those_of_the_contract():
    assert {one.value for one in WorkPost} == set(codes("post"))


def test_what_was_drafted_before_stands_in_the_form_of_its_revision(office):
    record = draft(*TO_REVIEW, ("return_integrity", "oversight", {"substantial": False}))
    row = [{"code": "exam.officers", "value": "2", "since": ""}]
    Preview.objects.update(text="第一条 查验由二人实施。", parameters=row, controls=["C-EXM-01", "C-EXM-02"])
    page = browser("function").get(f"/preview/{record.pk}/").content.decode()
    assert "第一条 查验由二人实施。</textarea>" in page
    assert "exam.officers | 2 | </textarea>" in page
    assert "C-EXM-01\nC-EXM-02</textarea>" in page
    sent = {
        "version": record.version,
        "text": "第一条 查验由三人实施。",
        "parameters": "exam.officers | 3 | ",
        "changed": "人数由二改为三",
    }
    browser("function").post(f"/preview/{record.pk}/revise/", sent)
    assert Preview.objects.get().parameters == [{**row[0], "value": "3"}]


def test_what_the_public_said_is_due_after_its_last_day_and_nobodys_turn_before(office):
    record = draft(*DRAFTED, ("announce", "function"))
    assert record.due_at == end_of(record.consult_until + timedelta(days=15))
    page = browser("function").get(f"/preview/{record.pk}/").content.decode()
    assert "目前无需您办理" in page
    assert "征求意见尚未截止" in page
