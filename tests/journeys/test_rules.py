"""B3 and B5 in the browser: a reform passes seven gates and headquarters; a rule is published, evaluated, amended, repealed."""

import json
import subprocess
import sys

import pytest

from tests.days import day
from tests.journeys.conftest import ROOT
from tests.journeys.moves import STRANGERS, begin, opened, related, sees_nothing, state, take
from tests.journeys.stage_governance import REFORM, RULE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
EXPERTS = ["某教授|某大学|无利害关系|派单逻辑清楚", "某研究员|某研究院|无利害关系|建议保留随机成分"]
HAZARDS = [f"{kind}|第二条|双人到场、系统留痕" for kind in ("自由裁量", "利益冲突", "权力集中", "监督缺失")]
LAW = {"above": "与海关法一致", "authority": "属本关权限", "procedure": "制定程序完备", "opinion": "合法，同意。"}
CONTROL = {"nodes": ["查验派单|半系统实现|系统派单、双人签到"], "flags": ["in_system", "supervisable", "leaves_trace", "traceable"],
           "residual": "low", "opinion": "权力调整清楚，同意。"}  # fmt: skip
MOVES = {"moves": ["查验派单|查验|风险分析"]}
MEETING = {"meeting": "关务会议纪要2026-9", "entitled": "5", "attended": ["关领导甲", "关领导乙", "关领导丙", "关领导丁"],
           "votes_for": "3", "votes_against": "1", "votes_withheld": "0", "dissent": "建议先在一个隶属海关试行。",
           "resolution": "同意出台。"}  # fmt: skip
REVIEWED = (
    ("function", "consult_experts", {"experts": EXPERTS, "heeded": "已保留随机成分"}),
    ("oversight", "pass_integrity", {"hazards": HAZARDS, "opinion": "风险点均有措施。"}),
    ("function_two", "pass_legality", LAW),
)
EXEMPT = ("leader", "exempt", {"exempt": "no_outsider", "exempt_reason": "只规范内部作业分工，不影响企业权利义务。"})
RESEARCH = {
    "report_no": "调研2026-7",
    "sampled": ["2201"],
    "data": "近半年执行数据比对。",
    "found": "夜班安排不明确，须修订。",
}
PAPERS = ["report", "text", "explanation", "record"]


def run(console, *words) -> dict:
    call = [sys.executable, "-m", "tests.journeys.stage_governance", *words]
    return json.loads(subprocess.run(call, env=console.environment, cwd=ROOT, capture_output=True, check=True).stdout)


@pytest.fixture(scope="module")
def staged(console):
    return {"before": day(-6), **run(console)}


def gates(seats, path, changes, research=RESEARCH):
    """A draft that the system opened, from its draft to the decision."""
    take(seats, path, [("function", "draft", changes), ("function", "research", research), EXEMPT, *REVIEWED])
    take(
        seats,
        path,
        [("oversight_two", "pass_control", {**CONTROL, "nothing_moves": True}), ("leader", "decide", MEETING)],
    )


@pytest.fixture(scope="module")
def reform(staged, seats):
    """The consultation is summed up, the other gates passed; headquarters examines and agrees; it is published."""
    path = f"/preview/{staged['reform']}/"
    seats("function").go(path)
    seats("function").picture("preview-consulted")
    opinions = {
        "received": "2",
        "opinions": ["保留企业预约时段|采纳|便利企业", "取消随机派单|不采纳|随机是防控廉政风险的要求"],
    }
    take(seats, path, [("function", "sum_up", opinions), *REVIEWED])
    seats("oversight_two").go(path)
    seats("oversight_two").picture("preview-control")
    take(seats, path, [("oversight_two", "pass_control", {**CONTROL, **MOVES})])
    seats("leader").go(path)
    seats("leader").picture("preview-decision")
    take(seats, path, [("leader", "decide", MEETING)])
    seats("leader").picture("preview-decided")
    filing = opened(seats("function"), "filing", path)
    take(
        seats,
        filing,
        [("function", "file", {"summary": "查验派单改由风险部门统一派发。", "scope": "全关区", "papers": PAPERS})],
    )
    seats("function_hq").go("/")
    seats("function_hq").picture("filing-home")
    examined = {
        "law": "与总署规定一致",
        "uniform": "有利于统一尺度",
        "compared": "其他关区未见冲突",
        "proposal": "建议同意实施",
    }
    take(seats, filing, [("function_hq", "accept", {}), ("function_hq", "examine", examined)])
    seats("leader_hq").go(filing)
    seats("leader_hq").picture("filing-examined")
    take(seats, filing, [("leader_hq", "agree", {"answer_no": "署函〔2026〕3号", "answer": "同意实施，半年后评估。"})])
    rule = opened(seats("leader"), "rulebook", filing)
    seats("leader").go(rule)
    seats("leader").picture("rule-to-publish")
    take(seats, rule, [("leader", "promulgate", {"order_no": "沪关规〔2026〕20号", "in_force_on": day(31)})])
    return {"preview": path, "filing": filing, "rule": rule}


@pytest.fixture(scope="module")
def rule(staged, console, seats):
    """Its day has come: evaluated and kept, then amended through the gates, then repealed through the gates."""
    path = f"/rulebook/{staged['rule']}/"
    assert run(console, "turn")["turned"] == 1
    seats("oversight").go(path)
    seats("oversight").picture("rule-in-force")
    take(seats, path, [("oversight", "begin_evaluation", {"from_day": day(-5), "until_day": day(0)})])
    assert run(console, "turn")["measured"] == 1
    seats("oversight").go(path)
    seats("oversight").picture("rule-evaluated")
    kept = {"grade": "fair", "difficulties": "夜班人手紧。", "loopholes": "0", "opinion": "样本不足，继续施行并跟踪。"}
    take(seats, path, [("oversight", "keep", kept)])
    take(seats, path, [("oversight", "call_for_amendment", {"reason": "夜班双人安排须写明。"})])
    amending = related(seats("function"), "preview", path)[-1]
    changed = {"text": "第二条 人工查验由两名以上关员实施，夜班由值班领导派单。", "controls": ["C-EXM-01", "C-EXM-02"]}
    gates(seats, amending, changed)
    take(seats, path, [("leader", "promulgate", {"order_no": "沪关规〔2026〕21号", "in_force_on": day(10)})])
    return {"rule": path, "amending": amending}


def test_a_notice_that_is_too_short_and_a_summary_that_is_too_early_are_refused(console, seats):
    seat = seats("function")
    path = begin(
        seat, "preview", title="企业申诉办理规定", kind="rule", form="normative", necessity="申诉时限不一，企业反映多。"
    )
    take(
        seats, path, [("function", "draft", {"text": "第一条 申诉三十日内答复。"}), ("function", "research", RESEARCH)]
    )
    seat.go(path)
    form = seat.page.locator('form[action$="/announce/"]')
    seat.fill(form, {"notice_no": "公告1", "channel": "门户网站", "consult_until": day(20)})
    form.locator("button[type=submit]").click()
    seat.page.wait_for_selector('[role="alert"]')
    assert "不少于30日" in seat.page.inner_text('[role="alert"]')
    seat.picture("preview-too-short")
    take(
        seats, path, [("function", "announce", {"notice_no": "公告1", "channel": "门户网站", "consult_until": day(31)})]
    )
    seat.go(path)
    assert seat.page.locator('form[action$="/sum_up/"]').count() == 0
    assert "征求意见尚未截止" in seat.page.inner_text(".panel")


def test_no_call_skips_a_gate(reform, seats, staged):
    """The administrator and the drafter by the API, on a draft that stands elsewhere."""
    for name in ("admin", "function", "leader"):
        seat = seats(name)
        token = next(cookie["value"] for cookie in seat.page.context.cookies() if cookie["name"] == "csrftoken")
        for step in ("decide", "pass_control", "draft"):
            address = f"{seat.console.address}/api/previews/{staged['reform']}/steps/{step}"
            sent = {"version": 1, "facts": {}}
            answer = seat.page.request.post(
                address, data=sent, headers={"X-CSRFToken": token, "Referer": seat.console.address}
            )
            assert answer.status in (403, 404, 409), f"{name} {step} {answer.status}"


def test_the_reform_is_published_when_headquarters_agreed(reform, seats):
    assert state(seats("leader"), reform["preview"]) == "已决定"
    assert state(seats("leader_hq"), reform["filing"]) == "同意实施，待施行"
    assert state(seats("leader"), reform["rule"]) == "已公布待施行"
    seats("front").go("/rulebook/register/")
    assert REFORM not in seats("front").page.inner_text("main")
    seats("front").go(f"/rulebook/register/?on={day(31)}")
    assert REFORM in seats("front").page.inner_text("main")
    assert "查验派单" in seats("front").page.inner_text("main")
    seats("front").picture("register-later")


def test_the_amendment_holds_from_its_day_and_the_rule_until_then(staged, rule, seats):
    front = seats("front")
    front.go("/rulebook/register/")
    assert RULE in front.page.inner_text("main")
    assert "夜班由值班领导派单" not in front.page.inner_text("main")
    front.picture("register-today")
    front.go(f"/rulebook/register/?on={day(10)}")
    assert "夜班由值班领导派单" in front.page.inner_text("main")
    front.go(f"/rulebook/register/?on={staged['before']}")
    assert RULE not in front.page.inner_text("main")


@pytest.mark.parametrize("name", STRANGERS)
def test_another_district_gets_404_on_each_page(name, reform, rule, seats):
    sees_nothing(seats(name), [*reform.values(), *rule.values()])
