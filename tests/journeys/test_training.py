"""B2 in a browser: stopped without the certificate, trained, examined, failed, stopped still, passed, and only then at work."""

import json
import subprocess
import sys

import pytest

from tests.days import day
from tests.journeys.conftest import ROOT
from tests.journeys.moves import STRANGERS, begin, sees_nothing, state, take
from tests.journeys.stage_staff import CODE, COURSE, DRAFT, QUESTIONS, RIGHT

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def run(console, *words) -> dict:
    call = [sys.executable, "-m", "tests.journeys.stage_staff", *words]
    return json.loads(subprocess.run(call, env=console.environment, cwd=ROOT, capture_output=True, check=True).stdout)


@pytest.fixture(scope="module")
def staged(console):
    return run(console)


def answer(seat, path: str, right: int) -> None:
    """Go to the paper and hand it in with so many right answers."""
    seat.go(path)
    seat.page.get_by_role("link", name="进入考场答题").click()
    seat.page.wait_for_url("**/paper/")
    for number, question in enumerate(seat.page.locator("main form fieldset").all(), 1):
        question.get_by_label(RIGHT if number <= right else "不限", exact=True).check()
    seat.picture(f"training-paper-{right}")
    assert "正确选项" not in seat.page.content()
    seat.page.get_by_role("button", name="交卷").click()
    seat.page.wait_for_url(lambda address: address.endswith(path))


def called(seat, alert: int) -> dict:
    """What the API answers this person who signs for the alert."""
    token = next(cookie["value"] for cookie in seat.page.context.cookies() if cookie["name"] == "csrftoken")
    told = seat.page.request.post(
        f"{seat.console.address}/api/alerts/{alert}/steps/sign",
        data={"version": 1, "facts": {}},
        headers={"X-CSRFToken": token, "Referer": seat.console.address},
    )
    return {"status": told.status, **told.json()}


@pytest.fixture(scope="module")
def story(staged, console, seats):
    """What was seen at each turn, by name."""
    front, alert, seen = seats("front"), console.staged["alert"], {}
    front.go(f"/alert/{alert}/")
    front.picture("training-stopped")
    seen["stopped"], seen["api"] = front.page.inner_text(".panel"), called(front, alert)
    given = {"title": "查验岗位上岗培训", "course": CODE, "officers": ["front"], "until": day(20)}
    path = begin(seats("function"), "training", **given)
    front.go("/")
    front.picture("training-home")
    seen["home"] = front.page.inner_text("main")
    front.go(path)
    front.picture("training-to-learn")
    take(seats, path, [("front", "study", {"learned": True}), ("front", "draw", {})])
    front.picture("training-drawn")
    answer(front, path, right=2)
    front.picture("training-failed")
    seen["failed"], seen["state"] = front.page.inner_text("main"), state(front, path)
    seen["still"] = called(front, alert)
    seats("function").go(path)
    seats("function").picture("training-trainer")
    take(seats, path, [("function", "resit", {"reason": "已组织补课，安排补考。"}), ("front", "draw", {})])
    answer(front, path, right=4)
    front.picture("training-passed")
    seen["passed"] = front.page.inner_text("main")
    take(seats, f"/alert/{alert}/", [("front", "sign", {})])
    return {**seen, "path": path, "signed": state(front, f"/alert/{alert}/")}


def test_without_the_certificate_the_page_says_what_to_do_and_the_api_refuses_alike(story):
    for said in (story["stopped"], story["api"]["error"], story["still"]["error"]):
        assert f"须持有“{CODE}”合格证书" in said
    assert "“教育培训”" in story["stopped"]
    assert (story["api"]["status"], story["still"]["status"]) == (403, 403)
    assert "尚未取得" in story["api"]["error"]
    assert "考核不合格" in story["still"]["error"]


def test_the_person_finds_the_training_at_home_and_is_told_the_mark(story):
    assert "查验岗位上岗培训" in story["home"]
    assert "得50分，未达合格分75分" in story["failed"]
    assert story["state"].startswith("不合格")
    assert "考试合格，得100分" in story["passed"]


def test_who_has_passed_takes_the_step(story):
    assert story["signed"] != "待签收"


def test_a_course_is_made_by_two_people_and_its_answers_stay_with_them(staged, seats):
    writer, reviewer = seats("function"), seats("function_two")
    path = begin(writer, "course", title="放行规范", code="REL-01", about="放行岗位上岗培训。")
    rows = [" | ".join(row.values()) for row in QUESTIONS]
    take(seats, path, [("function", "draft", {**DRAFT, "questions": rows})])
    writer.go(path)
    writer.picture("course-bank")
    take(seats, path, [("function_two", "take_up", {})])
    reviewer.picture("course-review")
    approval = {"posts": ["frontline"], "needed_from": day(30), "opinion": "题目准确，同意。"}
    take(seats, path, [("function_two", "approve", approval)])
    reviewer.picture("course-in-use")
    leader = seats("leader")
    leader.go(path)
    leader.picture("course-read")
    assert QUESTIONS[0]["ask"] not in leader.page.content()
    assert COURSE not in leader.page.inner_text("h1")
    assert seats("front").go(path) == 404


@pytest.mark.parametrize("name", STRANGERS)
def test_another_district_gets_404_on_each_page(name, story, staged, seats):
    sees_nothing(seats(name), [story["path"], f"/course/{staged['course']}/"])
