"""A4 in the browser: each side calls the other to account, oversight above decides; a case opens an inquiry by itself."""

import pytest

from tests.days import Ahead
from tests.journeys.moves import STRANGERS, begin, first_in_queue, opened, sees_nothing, state, take
from tests.journeys.releases import earlier_releases

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG = "经核对单证与签发国核查结果，逐项核实，情况属实。"
FORM = {
    "source": "declaration",
    "source_papers": ["220120261000000077"],
    "modus": ["low_price"],
    "enterprises": ["E0001"],
    "hs_code": "8413910090",
    "value_cny": "1600000",
    "evaded_cny": "420000",
    "handlers": ["甲", "乙"],
    "papers": ["letter", "report"],
    "summary": LONG,
}
TRANSFERRED = (
    ("front", "submit", FORM),
    ("house_head", "approve", {"opinion": "同意移交"}),
    ("front", "transfer", {"transferred_by": "甲"}),
    ("police", "receive", {"receipt_no": "回执2026-1"}),
)
PRICED = {"price_basis": "known", "declared_price_cny": "96", "actual_price_cny": "240", "value_cny": "1600000"}
FOUND = PRICED | {
    "party": "unit",
    "channel": "clearance",
    "modus": ["low_price"],
    "enterprises": ["E0001"],
    "evidence_level": "B",
    "evaded_cny": "420000",
    "facts_found": LONG,
    "acts_from": Ahead(-1000),
    "acts_until": Ahead(-30),
}
UPHELD = {"found": LONG, "measures": ["correct"], "demand": "限期补充并复核"}


@pytest.fixture(scope="module")
def notices(seats):
    """A refusal in stock words calls the police; a kept clue above the threshold calls customs; both are corrected."""
    clue = begin(seats("front"), "clue", title="伪报原产地线索", subject_id="E0001")
    take(seats, clue, [*TRANSFERRED, ("police_head", "refuse", {"reason": "经审查，不符合立案条件。"})])
    to_police = opened(seats("function"), "oversight", clue)
    replied = {"reply": "理由表述过于简单，同意补充说明。", "done": ["调取核查函"]}
    corrected = {"corrected": "已补充书面理由并提交复核。", "proof": ["补充说明 7 号"]}
    take(
        seats,
        to_police,
        [("legal", "reply_police", replied), ("function", "answer_customs", {"position": "请说明理由"})],
    )
    take(seats, to_police, [("oversight_hq", "uphold", UPHELD), ("police_head", "correct_police", corrected)])
    take(seats, to_police, [("oversight_hq", "verify", {"position": "理由已送达，核验通过"})])
    kept = begin(seats("front"), "clue", title="拆单进口线索", subject_id="E0001")
    take(seats, kept, [TRANSFERRED[0], ("house_head", "reject", {"reason": "拟先行补税后再定"})])
    to_customs = opened(seats("function"), "oversight", kept)
    take(
        seats,
        to_customs,
        [("house_head", "reply_customs", replied), ("police_head", "answer_police", {"position": "补税不代替移送"})],
    )
    take(
        seats,
        to_customs,
        [("oversight", "uphold", UPHELD), ("house_head", "object_customs", {"reason": "已组织重新审批"})],
    )
    take(
        seats,
        to_customs,
        [("oversight_hq", "maintain", {"reason": "裁定时尚未审批"}), ("house_head", "correct_customs", corrected)],
    )
    take(seats, to_customs, [("oversight_hq", "verify", {"position": "已重新审批移送"})])
    return {"police": to_police, "customs": to_customs}


@pytest.fixture(scope="module")
def inquiry(console, seats):
    """A case that went on for more than two years opens a double inquiry; the list looks back and closes it."""
    earlier_releases(console.home)
    clue = begin(seats("front"), "clue", title="长期低报线索", subject_id="E0001")
    take(seats, clue, [*TRANSFERRED, ("police_head", "file_criminal", {"filing_no": "立字2026-9"})])
    case = opened(seats("police"), "case", clue)
    take(seats, case, [("police_head", "assign", {"investigators": ["丙", "丁"]}), ("police", "conclude", FOUND)])
    oversight = seats("oversight")
    path = first_in_queue(oversight, "inquiry")
    oversight.go(path)
    looked_back = oversight.page.inner_text(".record-body")
    oversight.picture("inquiry-look-back")
    team = {"team": ["某督察甲", "某督察乙"], "plan": "调取放行记录与排班，逐岗复核监管是否到位。"}
    take(
        seats, path, [("oversight", "assess", {"risk": "low", "risk_reasons": LONG}), ("oversight_two", "launch", team)]
    )
    take(
        seats, path, [("oversight_two", "find_none", {"reason": LONG}), ("oversight", "circulate", {"analysis": LONG})]
    )
    take(seats, path, [("oversight", "close", {"opinion": "同意办结。"})])
    return {"path": path, "case": case, "looked_back": looked_back}


def test_notices_go_both_ways_and_end_when_the_correction_is_verified(notices, seats):
    for side, path in notices.items():
        assert state(seats("oversight_hq"), path) == "已纠正办结", side
        seats("oversight_hq").picture(f"notice-to-{side}")


def test_the_look_back_lists_every_earlier_release_with_its_posts(inquiry):
    told = inquiry["looked_back"]
    assert "三类：跨度长" in told
    assert told.count("22022026000000") == 6
    assert "同一电话" in told
    assert "g220204" in told


def test_the_inquiry_is_closed_and_nobody_outside_its_list_sees_it(inquiry, seats):
    assert state(seats("oversight_two"), inquiry["path"]) == "办结"
    for name in ("police", "police_head", "function", "leader", "house_head", "oversight_hq", "admin"):
        sees_nothing(seats(name), [inquiry["path"]])


def test_the_case_does_not_say_that_it_set_off_an_inquiry(inquiry, seats):
    assert seats("police").go(inquiry["case"]) == 200
    assert "双查" not in seats("police").page.inner_text("article")


@pytest.mark.parametrize("name", STRANGERS)
def test_another_district_gets_404_on_each_page(name, notices, inquiry, seats):
    sees_nothing(seats(name), [*notices.values(), inquiry["path"], inquiry["case"]])
