"""A4, B3 and B6 in the browser: a conference on an agenda from data, decisions that become tasks; a task that is late three times."""

import json
import subprocess
import sys

import pytest

from tests.days import day
from tests.journeys.conftest import ROOT
from tests.journeys.moves import STRANGERS, begin, opened, related, sees_nothing, state, take
from tests.journeys.stage_tasks import TITLE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
REVIEW = "低报价格预警逐票审价"
EXTEND = "关联企业扩线研判"
RESULT = {"result": "对照标准逐票审价，记录齐全。", "proof": ["审价台账2026-11"]}


def held():
    """What was decided today."""
    return {
        "held_on": day(0),
        "customs_present": ["关领导", "职能处"],
        "police_present": ["缉私局长"],
        "decisions": [
            f"督办事项|{REVIEW}|2201|科长|逐票有审价记录|{day(20)}",
            f"督办事项|{EXTEND}|22P0|缉私侦查员|逐户有研判结论|{day(25)}",
            f"案件通报|通报泵用零件低报案|2200|职能部门|通报印发并收齐答复|{day(15)}",
        ],
        "shared_risks": [f"泵用零件低报价格|2201|逐票审价|22P0|情报经营|{day(90)}"],
        "minutes": "通报近一个月预警、逾期和复发情况，研究共同防控，议定事项三项。",
    }


@pytest.fixture(scope="module")
def meeting(seats):
    """Called, its agenda drawn up, held, signed by both sides and issued."""
    path = begin(
        seats("function"),
        "meeting",
        title="十一月关警联席会议",
        kind="joint",
        planned_on=day(0),
        invited=["缉私局", "风控分局"],
    )
    seats("function").picture("meeting-called")
    take(seats, path, [("function", "fix_agenda", {"from_day": day(-30), "until_day": day(0)})])
    seats("function").picture("meeting-agenda")
    take(seats, path, [("function", "hold_jointly", held())])
    seats("leader").go(path)
    seats("leader").picture("meeting-to-sign")
    take(seats, path, [("leader", "sign_customs", {}), ("police_head", "sign_police", {}), ("function", "issue", {})])
    seats("function").picture("meeting-issued")
    return path


def titled(seat, paths, title):
    """Of these matters the one with this title."""
    for path in paths:
        seat.go(path)
        if title in seat.page.inner_text("h1"):
            return path
    raise AssertionError(f"no {title} among {paths}")


@pytest.fixture(scope="module")
def tasks(meeting, seats):
    """The tasks of the decisions, by what was decided."""
    found = related(seats("function"), "task", meeting)
    assert len(found) == 3
    return {title: titled(seats("function"), found, title) for title in (REVIEW, EXTEND, "通报泵用零件低报案")}


@pytest.fixture(scope="module")
def carried_out(meeting, tasks, seats):
    """The chief divides his task; the officer's part comes first; the police's is objected to and adjusted; all is closed."""
    review, extend, notice = tasks.values()
    seats("chief").go("/")
    seats("chief").picture("task-home")
    seats("chief").go(review)
    seats("chief").picture("task-assigned")
    promise = {"responsible": "某科长", "undertaking": "当班逐票审价，每日汇总。", "due_on": day(18)}
    part = f"主办|2201|现场关员|整理审价记录|记录齐全|{day(10)}"
    take(seats, review, [("chief", "promise", promise), ("chief", "decompose", {"parts": [part]})])
    seats("chief").picture("task-decomposed")
    piece = opened(seats("chief"), "task", review)
    mine = {"responsible": "某关员", "undertaking": "每班次整理。", "due_on": day(8)}
    done = {"grade": "good", "opinion": "记录齐全，符合标准。"}
    take(seats, piece, [("front", "promise", mine), ("front", "finish", RESULT), ("house_head", "evaluate", done)])
    take(
        seats, review, [("chief", "report", {"percent": "80", "progress": "已完成三周。"}), ("chief", "finish", RESULT)]
    )
    seats("oversight").go(review)
    seats("oversight").picture("task-to-evaluate")
    take(seats, review, [("oversight", "evaluate", {"grade": "excellent", "opinion": "提前完成，质量好。"})])
    objection = {"ground": "too_soon", "reason": "企业数量多，二十五日内无法完成。"}
    adjusted = {"finish_by": day(60), "reason": "企业数量确实较多，同意延长。"}
    take(seats, extend, [("police", "object", objection), ("function_two", "adjust", adjusted)])
    seats("police").go(extend)
    seats("police").picture("task-adjusted")
    take(seats, extend, [("leader", "withdraw", {"reason": "已由总署缉私局统一组织，本件收回。"})])
    why = {"number": "3", "why": "案件尚在侦查，通报推迟到结案后。"}
    take(seats, meeting, [("function", "give_reason", why)])
    return {"review": review, "piece": piece, "extend": extend, "notice": notice}


def test_the_agenda_is_drawn_from_the_data_and_told_as_far_as_each_may_know(meeting, seats):
    leader, police = seats("leader"), seats("police_head")
    leader.go(meeting)
    assert "未办结预警：2" in leader.page.inner_text("main")
    assert leader.page.locator('main a[href^="/alert/"]').count() >= 2
    police.go(meeting)
    assert "未办结预警" not in police.page.inner_text("main")
    assert police.page.locator('main a[href^="/alert/"]').count() == 0
    police.picture("meeting-police")


def test_a_decision_that_wants_a_notice_drafts_one(meeting, seats):
    assert len(related(seats("function"), "prompt", meeting)) == 1


def test_the_meeting_closes_when_every_decision_is_done_or_explained(carried_out, meeting, seats):
    take(seats, meeting, [("leader", "close", {"summary": "三项议定事项，一项落实，两项说明理由。"})])
    seats("leader").picture("meeting-closed")
    assert state(seats("leader"), meeting) == "办结"
    said = seats("leader").page.inner_text("main")
    assert "已落实" in said
    assert "通报推迟到结案后" in said


def test_customs_and_police_read_the_same_list_of_shared_risks(meeting, seats):
    for name in ("leader", "police_head"):
        seats(name).go("/meeting/shared/")
        assert "泵用零件低报价格" in seats(name).page.inner_text("main")
    seats("police_head").picture("meeting-shared")


@pytest.mark.parametrize("name", STRANGERS)
def test_another_district_gets_404_on_each_page(name, carried_out, meeting, seats):
    sees_nothing(seats(name), [meeting, *carried_out.values()])


def test_a_task_late_three_times_ends_in_a_ruling_and_is_not_praised(console, seats):
    call = [sys.executable, "-m", "tests.journeys.stage_tasks"]
    staged = json.loads(subprocess.run(call, env=console.environment, cwd=ROOT, capture_output=True, check=True).stdout)
    task, urge = f"/task/{staged['task']}/", f"/urge/{staged['urge']}/"
    chief = seats("chief")
    chief.go(task)
    assert TITLE in chief.page.inner_text("h1")
    assert "逾期" in chief.page.inner_text("main")
    chief.picture("task-late")
    ruled = {"ruling": "pursued", "reason": "三次逾期，未见正当理由。"}
    proposed = {"dereliction": "三次承诺均未兑现，双人查验未落实。", "diligence": "未见"}
    take(seats, urge, [("oversight", "propose", proposed), ("leader", "decide", ruled)])
    take(seats, task, [("chief", "finish", RESULT)])
    judge = seats("function")
    judge.go(task)
    form = judge.page.locator('form[action$="/evaluate/"]')
    judge.fill(form, {"grade": "good", "opinion": "最终完成。"})
    form.locator("button[type=submit]").click()
    judge.page.wait_for_selector('[role="alert"]')
    assert "最高评为“合格”" in judge.page.inner_text('[role="alert"]')
    take(seats, task, [("function", "evaluate", {"grade": "pass", "opinion": "最终完成，但三次逾期。"})])
    judge.picture("task-judged")
    assert state(judge, task) == "验收办结"
