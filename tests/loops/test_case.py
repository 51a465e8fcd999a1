"""A case's own rules: legal review, hearing, quorum, no fine for a crime, nothing guessed, open from the feedback on."""

import pytest

from guanjian.kernel.errors import BadInput
from guanjian.ledger.models import Entry
from guanjian.loops.case.actions import bureau_of
from guanjian.loops.case.models import Case
from tests.cast import CAST, actor
from tests.loops.moves import go, refused
from tests.loops.world import record_of

INVESTIGATED = (("assign", "police_head"),)


def reviewed(kind, **found):
    case = go(record_of(Case, kind=kind), *INVESTIGATED, ("conclude", "police", found))
    return go(case, ("pass_review", "legal"))


def test_a_crime_is_not_turned_into_a_fine(office):
    refused(reviewed("criminal", evaded_cny="500000"), "turn_administrative", "police_head", "刑事标准")
    small = reviewed("criminal", evaded_cny="1000")
    assert go(small, ("turn_administrative", "police_head")).kind == "administrative"


def test_a_step_of_the_other_kind_is_not_offered(office):
    criminal, administrative = reviewed("criminal"), reviewed("administrative", evaded_cny="0")
    offered = [
        {step.name for step in case.flow.next_steps(actor("police_head"), case)} for case in (criminal, administrative)
    ]
    assert "turn_criminal" not in offered[0]
    assert offered[1].isdisjoint({"prosecute", "withdraw", "turn_administrative"})


def test_two_investigators(office):
    refused(record_of(Case), "assign", "police_head", "两人以上", investigators=["丙"])


def test_what_is_not_disclosed_is_not_guessed(office):
    case = go(record_of(Case), *INVESTIGATED)
    refused(case, "conclude", "police", "不得填写或推测", price_basis="undisclosed")
    refused(case, "conclude", "police", "都须填写", actual_price_cny="")
    blank = {"price_basis": "undisclosed", "declared_price_cny": "", "actual_price_cny": ""}
    case = go(case, ("conclude", "police", blank))
    assert (case.price_basis, case.actual_price_cny) == ("undisclosed", None)


def test_acts_are_dated_in_order_and_both_or_neither(office):
    case = go(record_of(Case), *INVESTIGATED)
    for acts in (("2026-02-01", "2026-01-01"), ("2026-02-01", ""), ("2026-02-01", "2999-01-01")):
        refused(case, "conclude", "police", "起止日期", acts_from=acts[0], acts_until=acts[1])
    assert go(case, ("conclude", "police", {"acts_from": "", "acts_until": ""})).acts_from is None


@pytest.mark.parametrize("who", CAST)
def test_what_points_inside_is_told_to_nobody_in_the_case(office, who):
    said = {"inside": ["stated"], "inside_said": "供述提到查验岗位人员"}
    case = go(record_of(Case), *INVESTIGATED, ("conclude", "police", said))
    told = case.told_to(actor(who))["conclude"]
    assert ("inside" in told, "inside_said" in told, told["party"]) == (False, False, "person")
    assert not [entry for entry in Entry.objects.all() if "stated" in entry.body or "供述提到" in entry.body]


def test_no_decision_without_legal_review_by_another(office):
    case = go(record_of(Case, kind="administrative"), *INVESTIGATED, ("conclude", "police", {"evaded_cny": "0"}))
    refused(case, "notify", "police", "不能进行")
    Case.objects.update(hands={**case.hands, "conclude": "legal"})
    refused(case, "pass_review", "legal", "另一人")


def test_no_fine_where_transfer_is_due(office):
    case = reviewed("administrative", party="person", evaded_cny="100000")
    refused(case, "notify", "police", "不得以罚代刑")
    assert go(case, ("turn_criminal", "police_head")).kind == "criminal"


def test_the_threshold_of_a_company_is_higher(office):
    case = reviewed("administrative", party="unit", evaded_cny="150000")
    assert go(case, ("notify", "police")).state == "notified"


def test_a_large_fine_needs_the_offer_of_a_hearing(office):
    case = reviewed("administrative", party="person", evaded_cny="20000")
    refused(case, "notify", "police", "听证", fine_cny="10000.01", hearing_offered=False)
    assert go(case, ("notify", "police", {"fine_cny": "10000.01", "hearing_offered": True})).state == "notified"


def test_the_fine_is_at_most_what_was_notified(office):
    case = go(reviewed("administrative", evaded_cny="20000"), ("notify", "police"))
    refused(case, "decide", "police_head", "不得超过", fine_cny="5000.01")
    refused(case, "decide", "police_head", "应为零", outcome="no_penalty", fine_cny="1")
    assert go(case, ("decide", "police_head")).fine_cny == 4000


def test_a_collective_decision_has_its_quorum_and_keeps_dissent(office):
    case = go(record_of(Case, kind="administrative"), *INVESTIGATED, ("conclude", "police", {"evaded_cny": "0"}))
    case = go(case, ("pass_review", "legal", {"collective": True}), ("notify", "police"))
    refused(case, "decide", "police_head", "集体讨论")
    refused(case, "decide_together", "police_head", "3人以上", attended=["甲", "乙"])
    case = go(case, ("decide_together", "police_head", {"dissent": "乙认为证据不足"}))
    assert (case.state, case.facts["decide_together"]["dissent"]) == ("decided", "乙认为证据不足")


def test_it_goes_back_for_supplement_twice_at_most(office):
    case = reviewed("criminal")
    for name in ("supplement", "supplement_again"):
        case = go(
            case, ("prosecute", "police_head"), (name, "police"), ("conclude", "police"), ("pass_review", "legal")
        )
    case = go(case, ("prosecute", "police_head"))
    refused(case, "supplement", "police", "已退回过一次")
    refused(case, "supplement_again", "police", "不得再退")


@pytest.mark.parametrize("scope", ["open", "limited"])
def test_the_front_line_reads_it_from_the_feedback_on(office, scope):
    customs = {"front", "chief", "house_head", "function", "risk"}
    case = reviewed("criminal")
    assert not [who for who in customs if Case.objects.visible_to(actor(who)).exists()]
    assert Case.objects.visible_to(actor("police")).exists()
    case = go(
        case, ("prosecute", "police_head"), ("record_judgment", "police"), ("feed_back", "police", {"scope": scope})
    )
    seen = {who for who in CAST if Case.objects.visible_to(actor(who)).exists()}
    assert seen & customs == (customs if scope == "open" else {"function", "risk"})
    assert not seen & {"stranger", "stranger_function", "stranger_police", "admin"}


def test_a_loophole_is_named_and_described_or_neither(office):
    case = go(reviewed("criminal"), ("prosecute", "police_head"), ("record_judgment", "police"))
    refused(case, "feed_back", "police", "漏洞", gap_code="rule", gap_description="")


def test_a_district_without_a_bureau_says_what_to_do(office):
    with pytest.raises(BadInput, match="安全管理员"):
        bureau_of("9900")
