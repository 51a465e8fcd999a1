"""A5 in a browser: a policeman becomes a customs officer, by different hands, with the rank that the law gives the post."""

import json
import subprocess
import sys

import pytest

from tests.days import day
from tests.journeys.conftest import ROOT
from tests.journeys.moves import STRANGERS, begin, sees_nothing, state, take

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PROPOSAL = {"to_unit": "2201", "to_post": "section_chief", "to_level": "section", "present_rank": "6",
            "new_rank": "7", "reason": "加强一线与缉私的结合。"}  # fmt: skip
ORDER = {"order_no": "沪关人〔2026〕18号", "meeting": "关党委会2026年第9次"}


def turn(console, on: str) -> int:
    call = [sys.executable, "-m", "tests.journeys.stage_staff", "turn", on]
    told = subprocess.run(call, env=console.environment, cwd=ROOT, capture_output=True, check=True).stdout
    return json.loads(told)["postings"]


@pytest.fixture(scope="module")
def story(console, seats):
    """From the proposal to the post; what was seen at each turn."""
    seen, function = {}, seats("function")
    path = begin(function, "posting", officer="police", mode="transfer", why="关警交流，充实查验一线。", to_unit="2201")
    function.picture("posting-draft")
    form = function.page.locator('form[action$="/propose/"]')
    function.fill(form, {**PROPOSAL, "starts_on": day(1), "new_rank": "6"})
    form.locator("button[type=submit]").click()
    function.page.wait_for_selector('[role="alert"]')
    seen["refused"] = function.page.inner_text('[role="alert"]')
    function.picture("posting-rank-refused")
    starts = day(1)
    proposal = {**PROPOSAL, "starts_on": starts}
    take(seats, path, [("function", "propose", proposal), ("oversight", "clear", {"opinion": "未见影响任职的问题。"})])
    seats("police_head").go(path)
    seats("police_head").picture("posting-let-go")
    take(
        seats,
        path,
        [("police_head", "let_go", {"opinion": "同意调出。"}), ("house_head", "consent", {"opinion": "同意接收。"})],
    )
    seats("leader").go(path)
    seats("leader").picture("posting-to-appoint")
    seen["proposal"] = seats("leader").page.inner_text("main")
    take(seats, path, [("leader", "appoint", ORDER)])
    seats("leader").picture("posting-appointed")
    seen["before"] = turn(console, starts)
    security = seats("security")
    security.go("/office/accounts/")
    security.picture("posting-orders")
    seen["orders"] = security.page.inner_text("main")
    _enter(security, starts)
    seen["after"] = turn(console, starts)
    seen["state"] = state(seats("leader"), path)
    seats("leader").picture("posting-done")
    return {**seen, "path": path}


def _enter(security, since: str) -> None:
    """The administrator enters the new post and ends the old one."""
    security.page.get_by_role("link", name="police", exact=True).first.click()
    form = security.page.locator('form[action$="/appoint/"]')
    security.fill(form, {"post": "section_chief", "unit": "2201", "since": since})
    form.locator("button").click()
    security.page.wait_for_selector(".notice")
    security.picture("posting-entered")
    security.page.locator("tr", has_text="上海海关缉私局").get_by_role("button", name="免去").click()
    security.page.wait_for_selector(".notice")


def test_a_rank_outside_the_band_is_refused_with_the_band_and_its_law(story):
    for word in ("拟授6不在", "科级正职", "二级关务督察", "海关关衔条例"):
        assert word in story["refused"]


def test_the_proposal_shows_rank_band_approver_and_who_decides(story):
    for word in ("一级警督", "二级关务督察", "海关总署署长", "缉私局领导", "隶属海关关领导", "关警交流"):
        assert word in story["proposal"]


def test_the_post_is_entered_by_the_administrator_and_only_then_taken_up(story):
    assert (story["before"], story["after"]) == (0, 1)
    assert ORDER["order_no"] in story["orders"]
    assert "关警交流" not in story["orders"]
    assert story["state"] == "已到任"


def test_the_workload_of_districts_is_a_page_of_its_own(story, seats):
    assert seats("function").go("/posting/workload/") == 200
    seats("function").picture("posting-workload")


@pytest.mark.parametrize("name", STRANGERS)
def test_another_district_gets_404(name, story, seats):
    sees_nothing(seats(name), [story["path"]])
