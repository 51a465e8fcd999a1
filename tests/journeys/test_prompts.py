"""B4 in the browser: a risk prompt and a sweep are answered unit by unit; a recurrence goes one level up; results convert."""

import pytest

from tests.days import Ahead, day
from tests.journeys.moves import (
    BUREAU,
    DISTRICT,
    HOUSE,
    STRANGERS,
    begin,
    in_unit,
    opened,
    related,
    sees_nothing,
    state,
    take,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]
UNITS = ["2201", "22P0"]
SAID = {"message": "请对照本单位业务逐项自查，按期答复。", "units": UNITS, "answer_by": Ahead(20)}
CHECKED = {"checked": "抽查近三个月同类报关单，逐票核对。", "result": "none", "proof": ["自查台账 1"]}
LINES = ["是否双人查验", "记录仪是否全程开启"]
PROBLEM = {
    "title": "低报未触发审价",
    "problem": "抽查发现低报未触发审价。",
    "source": "audit",
    "gap_code": "price_check",
}
MENDED = (
    (
        "house_head",
        "plan",
        {"at_once": "即日逐票复核", "for_good": "修订作业指引", "responsible": "某甲", "finish_by": Ahead(30)},
    ),
    ("front", "give_evidence", {"done": "已逐票复核并完成修订。", "done_on": Ahead(0), "proof": ["修订稿 1 号"]}),
    ("house_head", "apply", {"conclusion": "措施已落实"}),
    ("function", "close_out", {"review_opinion": "材料齐全，同意销号"}),
)
FINDING = {
    "title": "减免税后续监管断档",
    "source": "audit",
    "document": "督审〔2026〕9号",
    "finding": "年度报告逾期未催报，系统不提示。",
    "about_unit": "2201",
}


def issue(seats, title, kind, checklist):
    """A prompt signed off by the leader; the addresses of the prompt and of the two matters that it sent."""
    path = begin(seats("risk"), "prompt", title=title, level="yellow")
    take(seats, path, [("risk", "submit", {**SAID, "kind": kind, "checklist": checklist})])
    take(seats, path, [("leader", "sign_off", {"opinion": "同意下发"})])
    sent = related(seats("risk"), "answer", path)
    return path, {unit: in_unit(seats("risk"), sent, unit) for unit in (HOUSE, BUREAU)}


@pytest.fixture(scope="module")
def prompt(seats):
    """Acknowledged, checked and answered by each unit, accepted, concluded."""
    path, sent = issue(seats, "连续低价申报风险提示", "prompt", [])
    for who, unit in (("chief", HOUSE), ("police", BUREAU)):
        take(seats, sent[unit], [(who, "acknowledge", {"responsible": "某甲"}), (who, "self_check", CHECKED)])
    seats("chief").picture("prompt-answered")
    for one in sent.values():
        take(seats, one, [("function", "accept", {"opinion": "自查扎实"})])
    take(seats, path, [("risk", "conclude", {"summary": "两个单位均已自查，未发现同类问题。"})])
    return [path, *sent.values()]


@pytest.fixture(scope="module")
def sweep(seats):
    """One unit answers a line with “no”."""
    path, sent = issue(seats, "查验规范专项排查", "sweep", LINES)
    answered = {"answers": ["是", "否：两次查验中途断电"], "proof": ["排查表 1"]}
    take(seats, sent[HOUSE], [("chief", "acknowledge", {"responsible": "某甲"}), ("chief", "answer_lines", answered)])
    task = opened(seats("chief"), "rectify", sent[HOUSE])
    seats("chief").go(task)
    seats("chief").picture("sweep-rectify")
    return {"sweep": path, "answer": sent[HOUSE], "rectify": task}


@pytest.fixture(scope="module")
def recurrence(seats):
    """A problem is mended and closed out; the same gap is found again by the district."""
    first = begin(seats("chief"), "rectify", **PROBLEM, level="yellow")
    take(seats, first, MENDED)
    again = begin(seats("chief"), "rectify", **PROBLEM, level="yellow")
    return {"first": first, "again": again, "prompt": opened(seats("risk"), "prompt", again)}


@pytest.fixture(scope="module")
def converted(seats):
    """An audit's finding becomes a task and a rule, both made; oversight sees it in use."""
    path = begin(seats("function"), "convert", **FINDING)
    demands = [f"整改任务|2201|补催逾期报告|{day(20)}", f"制度|22P0|修订会商规程|{day(40)}"]
    cause = {"cause": "rules", "cause_text": "职责交接未写入岗位说明，系统无提示。", "alike": "其他隶属海关"}
    measures = {"at_once": "补催逾期报告", "for_good": "修订指引并加系统提示", "demands": demands}
    take(seats, path, [("function", "analyse", cause), ("function", "decide", measures)])
    take(seats, path, [("leader", "approve", {"opinion": "同意，限期落实"})])
    task, rule = opened(seats("function"), "rectify", path), opened(seats("function"), "answer", path)
    take(seats, task, MENDED)
    made = {"made": "规程第十二条已修订并试用。", "reference": "规程2026-12", "in_use_since": day(0)}
    take(seats, rule, [("police", "acknowledge", {"responsible": "某乙"}), ("police", "confirm_made", made)])
    take(seats, rule, [("function", "accept", {"opinion": "已启用"})])
    take(seats, path, [("oversight", "verify", {"seen": "运行一个月，逾期报告全部提示到位。"})])
    return {"path": path, "task": task, "rule": rule}


def test_the_prompt_is_concluded_when_every_unit_has_answered(prompt, seats):
    assert [state(seats("risk"), path) for path in prompt] == ["办结", "答复通过", "答复通过"]
    seats("risk").go(prompt[0])
    seats("risk").picture("prompt")


def test_a_no_in_the_sweep_is_a_rectification_and_the_sweep_waits_for_the_other_unit(sweep, seats):
    assert state(seats("chief"), sweep["rectify"]) == "待立项"
    assert "两次查验中途断电" in seats("chief").page.inner_text(".record-body")
    assert state(seats("risk"), sweep["sweep"]) == "已下发待答复"


def test_a_problem_that_comes_back_lies_as_a_draft_one_level_up(recurrence, seats):
    seats("chief").go(recurrence["again"])
    assert "复发" in seats("chief").page.inner_text("h1")
    assert state(seats("risk"), recurrence["prompt"]) == "草拟"
    assert DISTRICT in seats("risk").page.inner_text(".record-by")
    seats("risk").picture("recurrence-prompt")


def test_the_conversion_closes_in_use(converted, seats):
    assert state(seats("oversight"), converted["path"]) == "运用有效，办结"
    seats("oversight").picture("conversion")


@pytest.mark.parametrize("name", STRANGERS)
def test_another_district_gets_404_on_each_page(name, prompt, sweep, recurrence, converted, seats):
    paths = [*prompt, *sweep.values(), *recurrence.values(), *converted.values()]
    sees_nothing(seats(name), paths)
