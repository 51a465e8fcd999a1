"""B6 and A1 in the browser: a leader is assessed by what the trace shows; a district is appraised on both sides and objects."""

import json
import subprocess
import sys

import pytest

from tests.days import day
from tests.journeys.conftest import ROOT
from tests.journeys.moves import begin, sees_nothing, state, take

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SAID = {"business": "每周带队检查查验现场，组织夜班作业风险研判。", "integrity": "答复缉私通报，逐项落实巡察整改。",
        "shortfall": "谈话未在系统内记录。"}  # fmt: skip
FAIR = {"grade": "fair", "outcome": "commend", "opinion": "业务条线到位，谈话没有留痕；下属自查发现问题，予以鼓励。"}


def run(console, *words) -> dict:
    call = [sys.executable, "-m", "tests.journeys.stage_duties", *words]
    return json.loads(subprocess.run(call, env=console.environment, cwd=ROOT, capture_output=True, check=True).stdout)


@pytest.fixture(scope="module")
def staged(console):
    span = {"period_from": day(-26), "period_until": day(-1)}  # as the appraisal is laid out
    laid = run(console)
    assert run(console, "turn") == {"looked": 0, "taken": 1, "frozen": 1, "recounted": 0}
    return {"duty": f"/duty/{laid['duty']}/", "appraisal": f"/appraisal/{laid['appraisal']}/", "span": span}


def refused(seat, path, step, says, picture, **given):
    """The form comes back with the sentence."""
    seat.go(path)
    form = seat.page.locator(f'form[action$="/{step}/"]')
    seat.fill(form, given)
    form.locator("button[type=submit]").click()
    seat.page.wait_for_selector('[role="alert"]')
    assert says in seat.page.inner_text('[role="alert"]')
    seat.picture(picture)


def test_the_level_above_draws_up_a_list_and_the_person_reads_what_is_owed(staged, console, seats):
    given = {
        "unit_code": "2201",
        "post": "section_chief",
        "holder": "chief",
        "period_from": day(-5),
        "period_until": day(60),
    }
    path = begin(seats("leader"), "duty", **given, items=["检查|业务|2", "谈话|廉政|1"])
    run(console, "turn")
    seats("chief").go(path)
    seats("chief").picture("duty-running")
    page = seats("chief").page.inner_text("main")
    assert "检查（业务）：应有2次" in page
    assert "谈话（廉政）：应有1次，留痕0次 · 无留痕" in page
    sees_nothing(seats("front"), [path])


def test_a_leader_is_heard_assessed_by_two_objects_and_reads_the_published_result(staged, seats):
    path = staged["duty"]
    sees_nothing(seats("chief"), [path])
    seats("house_head").go("/")
    seats("house_head").picture("duty-home")
    seats("house_head").go(path)
    seats("house_head").picture("duty-to-state")
    assert "rectify/" in seats("house_head").page.inner_text("main")
    refused(seats("house_head"), path, "state", "账本中没有", "duty-not-in-the-trace", **SAID, missed=["rectify/999"])
    take(seats, path, [("house_head", "state", SAID)])
    refused(seats("leader"), path, "assess", "留痕不足", "duty-beyond-the-trace", **{**FAIR, "grade": "good"})
    take(seats, path, [("leader", "assess", FAIR), ("oversight", "confirm", {"second_opinion": "与取证结果一致。"})])
    seats("house_head").go(path)
    seats("house_head").picture("duty-told")
    objection = {"grounds": "与各科室负责人的谈话有纸质记录，请予复核。"}
    take(seats, path, [("house_head", "object", objection)])
    upheld = {"answer": "未在系统留痕的不计入；下期请在系统内办理。"}
    take(seats, path, [("oversight_two", "uphold", upheld), ("function", "publish", {})])
    seats("chief").go(path)
    seats("chief").picture("duty-published")
    assert state(seats("chief"), path) == "已公布"
    for name in ("stranger", "stranger_function"):
        sees_nothing(seats(name), [path])


def test_both_sides_of_a_district_read_one_sheet_object_and_get_a_decision(staged, seats):
    path = staged["appraisal"]
    seats("function_hq").go(path)
    seats("function_hq").picture("appraisal-frozen")
    take(seats, path, [("function_hq", "review", {"review_opinion": "计数与账本一致。"})])
    seats("police_head").go(path)
    seats("police_head").picture("appraisal-told")
    page = seats("police_head").page.inner_text("main")
    assert [side for side in ("海关一侧", "缉私一侧", "关警联动") if side not in page] == []
    take(seats, path, [("police_head", "object", {"grounds": "行政立案一件系重复登记，请核。"})])
    sees_nothing(seats("police"), [path])
    upheld = ("oversight_hq", "uphold", {"answer": "经核账本，两件线索各自独立。"})
    take(seats, path, [upheld, ("leader_hq", "decide", {"decision": "同意审定。"}), ("oversight_hq", "publish", {})])
    seats("police").go(path)
    seats("police").picture("appraisal-published")
    assert state(seats("police"), path) == "已公布"
    sees_nothing(seats("stranger_function"), [path])


def test_what_was_published_gets_a_new_edition_only_with_a_reason(staged, seats):
    seat = seats("function_hq")
    seat.go("/appraisal/open/")
    span = staged["span"]
    form = seat.page.locator("main form", has=seat.page.locator('[name="district"]'))
    seat.fill(form, {"district": "2200", **span})
    form.locator("button[type=submit]").click()
    seat.page.wait_for_selector('[role="alert"]')
    assert "须写明理由" in seat.page.inner_text('[role="alert"]')
    path = begin(seat, "appraisal", district="2200", **span, why_again="发现一件线索重复登记。")
    seat.picture("appraisal-second-edition")
    assert "第2版" in seat.page.inner_text("main")
    assert state(seats("leader"), path) == "考评期内"
