"""A2 in the browser: an alert becomes a clue, a case, a lesson and a plugged loophole, and only then everything closes."""

import sqlite3
from contextlib import closing

import pytest

from tests.days import Ahead
from tests.journeys.moves import opened, sees_nothing, take

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG = "经核对单证、价格资料与查验记录，情况属实。"

ALERT_STEPS = (
    ("front", "sign", {}),
    ("front", "verify", {"checked": LONG, "proof": ["查验记录单 0001", "价格资料 2026-11"]}),
    ("front", "confirm", {"finding_facts": LONG, "amount_cny": "120000"}),
    ("front", "dispose", {"measures": ["instructed"], "opinion": "移交缉私处理", "transfer_clue": True}),
)
CLUE_STEPS = (
    (
        "front",
        "submit",
        {
            "source": "alert",
            "source_papers": ["220120261000000001"],
            "modus": ["low_price"],
            "enterprises": ["E0001"],
            "hs_code": "8413910090",
            "value_cny": "900000",
            "handlers": ["甲", "乙"],
            "papers": ["letter", "report"],
            "summary": LONG,
        },
    ),
    ("house_head", "approve", {"opinion": "同意移交"}),
    ("front", "transfer", {"transferred_by": "甲"}),
    ("police", "receive", {"receipt_no": "回执2026-1"}),
    ("police_head", "file_criminal", {"filing_no": "立字2026-1"}),
)
CASE_STEPS = (
    ("police_head", "assign", {"investigators": ["丙", "丁"]}),
    (
        "police",
        "conclude",
        {
            "party": "unit",
            "channel": "clearance",
            "modus": ["low_price"],
            "enterprises": ["E0001"],
            "price_basis": "known",
            "declared_price_cny": "95.66",
            "actual_price_cny": "159.49",
            "value_cny": "900000",
            "evaded_cny": "300000",
            "evidence_level": "B",
            "facts_found": LONG,
        },
    ),
    ("legal", "pass_review", {"opinion": "事实清楚，证据充分"}),
    ("police_head", "prosecute", {"opinion_no": "起诉意见2026-1"}),
    ("police", "record_judgment", {"judgment": "判决有罪"}),
    (
        "police",
        "feed_back",
        {
            "lesson": LONG,
            "advice": ["valuation"],
            "advice_text": "对同类商品加强审价",
            "advice_to": "关税处",
            "answer_by": Ahead(30),
            "scope": "open",
            "gap_code": "price_check",
            "gap_description": "低于同行三成未触发审价",
        },
    ),
)
RECTIFY_STEPS = (
    (
        "chief",
        "plan",
        {"at_once": "即日复核在途单证", "for_good": "修订审价规则", "responsible": "某甲", "finish_by": Ahead(30)},
    ),
    ("front", "give_evidence", {"done": LONG, "done_on": Ahead(0), "proof": ["规则修订稿 1 号"]}),
    ("chief", "apply", {"conclusion": "整改措施已落实"}),
    ("function", "close_out", {"review_opinion": "材料齐全，同意销号"}),
    ("function", "ask_effect", {"scope_kind": "hs_code", "scope_code": "84139100", "review_on": Ahead(30)}),
    ("oversight", "sign_effect", {"effect_opinion": "成效如实"}),
)


@pytest.fixture(scope="module")
def story(console, seats):
    """The whole chain, done once; the tests look at what it left."""
    alert = f"/alert/{console.staged['alert']}/"
    front = seats("front")
    front.go("/")
    front.picture("home")
    front.go("/alert/")
    front.picture("queue")
    front.go(alert)
    front.picture("alert")
    take(seats, alert, ALERT_STEPS)
    clue = opened(front, "clue", alert)
    take(seats, clue, CLUE_STEPS)
    case = opened(seats("police"), "case", clue)
    take(seats, case, CASE_STEPS)
    rectify = opened(front, "rectify", clue)
    take(seats, rectify, RECTIFY_STEPS)
    take(seats, clue, [("function", "close", {"opinion": "漏洞已堵塞，闭环"})])
    take(
        seats,
        alert,
        [
            ("front", "feed_back", {"result": "线索已立案，漏洞已堵塞"}),
            ("function", "review", {"business_cause": LONG, "business_control": "修订审价规则"}),
            ("oversight", "close", {"integrity_cause": "none", "integrity_control": "未见廉政问题"}),
        ],
    )
    return {"alert": alert, "clue": clue, "case": case, "rectify": rectify}


def test_every_matter_of_the_chain_is_closed_or_waits_for_its_look_back(story, seats):
    states = {}
    for name, path in story.items():
        seats("function").go(path)
        states[name] = seats("function").page.inner_text(".record-meta .state")
        seats("function").picture(f"chain-{name}")
    assert states["alert"] == states["clue"] == "办结" or states["clue"] == "闭环", states
    assert states["rectify"] != "待立项"


def test_a_stranger_gets_404_on_every_page_and_call(story, seats):
    stranger = seats("stranger")
    sees_nothing(stranger, story.values())
    stranger.go("/alert/")
    assert "E0001" not in stranger.page.content()


def test_the_ledger_holds_every_step_and_verifies(story, console):
    sealed = console.run("ledger", "seal")
    assert sealed.returncode == 0, sealed.stderr
    verified = console.run("ledger", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_the_detector_s_page_shows_the_hit(story, seats):
    seats("function").go("/alert/signals/")
    seats("function").picture("signals")
    assert "VAL-01" in seats("function").page.content()
    assert "100%" in seats("function").page.content()


def test_in_english_the_same_pages_speak_english(story, seats):
    page = seats("colleague").page
    seats("colleague").go("/alert/")
    page.locator('form[action="/language/"] button, form[action="/language/"] input[type=submit]').first.click()
    seats("colleague").go(story["alert"])
    assert page.locator("html").get_attribute("lang").startswith("en")
    assert "Second review and close" in page.content() or "What has happened" in page.content()
    seats("colleague").picture("alert-en")


def test_one_changed_field_is_named(story, console):
    number = int(story["alert"].strip("/").split("/")[1])
    with closing(sqlite3.connect(console.home / "office.sqlite3")) as office, office:
        office.execute("UPDATE alert_alert SET explanation = explanation || '。' WHERE id = ?", (number,))
    told = console.run("ledger", "verify")
    assert told.returncode == 6
    assert f"alert/{number}" in told.stdout + told.stderr
