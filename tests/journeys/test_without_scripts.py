"""A whole story with JavaScript switched off: an alert, the problem behind it mended, both closed; full pages only."""

import pytest

from tests.days import Ahead
from tests.journeys.moves import begin, opened, sees_nothing, state

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG = "经核对单证、价格资料与查验记录，情况属实。"
ALERT = (
    ("front", "sign", {}),
    ("front", "verify", {"checked": LONG, "proof": ["查验记录单 0001"]}),
    ("front", "confirm", {"finding_facts": LONG, "amount_cny": "120000"}),
    (
        "front",
        "dispose",
        {"measures": ["rule_change"], "opinion": "属实，立项整改。", "open_rectify": True, "problem": LONG},
    ),
)
RECTIFY = (
    (
        "chief",
        "plan",
        {"at_once": "即日复核在途单证", "for_good": "修订审价规则", "responsible": "某甲", "finish_by": Ahead(30)},
    ),
    ("front", "give_evidence", {"done": LONG, "done_on": Ahead(0), "proof": ["修订稿 1 号"]}),
    ("chief", "apply", {"conclusion": "措施已落实"}),
    ("function", "close_out", {"review_opinion": "材料齐全，同意销号"}),
    ("oversight", "look_back", {"seen": "抽查三十票，未见同类问题。"}),
)
END = (
    ("front", "feed_back", {"result": "问题已整改销号"}),
    ("function", "review", {"business_cause": LONG, "business_control": "修订审价规则"}),
    ("oversight", "close", {"integrity_cause": "none", "integrity_control": "未见廉政问题"}),
)


@pytest.fixture(scope="module")
def plain(seats):
    """`plain("front")`: that person at a browser that runs no scripts."""
    return lambda name: seats(name, java_script_enabled=False)


@pytest.fixture(scope="module")
def story(console, plain):
    """Done once, each step a page that is sent and a page that comes back."""
    alert = f"/alert/{console.staged['alert']}/"
    take(plain, alert, ALERT)
    plain("front").picture("no-scripts-alert")
    rectify = opened(plain("front"), "rectify", alert)
    take(plain, rectify, RECTIFY)
    take(plain, alert, END)
    return {"alert": alert, "rectify": rectify}


def take(plain, path, steps):
    for who, step, given in steps:
        seat = plain(who)
        seat.step(path, step, **given)
        assert seat.page.locator(".notice-success").count() == 1, f"{step}: nothing says that it was done"


def test_no_script_ran(plain):
    plain("front").go("/")
    assert plain("front").page.evaluate("typeof window.htmx") == "undefined"


def test_both_matters_are_closed(story, plain):
    assert {name: state(plain("function"), path) for name, path in story.items()} == {
        "alert": "办结",
        "rectify": "回头看通过",
    }
    plain("function").picture("no-scripts-closed")


def test_a_matter_is_opened_by_hand(plain):
    path = begin(
        plain("chief"), "rectify", title="卡口抬杆记录缺失", problem="抽查发现缺失。", source="own", level="blue"
    )
    assert state(plain("chief"), path) == "待立项"


def test_what_is_missing_is_said_on_a_page(story, plain, console):
    front, other = plain("front"), f"/alert/{console.staged['other_alert']}/"
    front.step(other, "sign")
    form = front.page.locator('form[action$="/verify/"]')
    front.fill(form, {"checked": "短" * 10, "proof": [" "]})
    with front.page.expect_navigation():
        form.locator("button[type=submit]").click()
    assert front.page.locator('[role="alert"]').count() == 1
    assert front.page.locator('[name="checked"]').input_value() == "短" * 10


def test_another_district_gets_404_on_each_page(story, plain):
    sees_nothing(plain("stranger"), story.values())
