"""Each loop's own rules: what the law and the design add to the steps that all loops share."""

import pytest

from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.loops.alert.flow import sampled
from guanjian.loops.alert.models import Alert
from guanjian.loops.case.actions import bureau_of
from guanjian.loops.case.models import Case
from guanjian.loops.clue.models import Clue
from guanjian.moving.verbs import advance
from tests.cast import CAST, actor
from tests.loops.samples import given
from tests.loops.world import record_of


def go(record, *steps):
    for name, who, *changes in steps:
        record = advance(record, name, actor(who), given(record, name, **(changes[0] if changes else {})))
    return record


def refused(record, name, who, says, **changes):
    with pytest.raises(NotAllowed, match=says):
        advance(record, name, actor(who), given(record, name, **changes))


class TestAlert:
    VERIFIED = (("sign", "front"), ("verify", "front"))

    @pytest.mark.parametrize(
        ("judged", "verdict", "reason"),
        [("confirm", "confirmed", ""), ("rule_out", "refuted", "bad_data"), ("leave_open", "undetermined", "")],
    )
    def test_a_verdict_is_one_of_three_and_only_a_false_alarm_has_a_reason(self, office, judged, verdict, reason):
        alert = go(record_of(Alert), *self.VERIFIED, (judged, "front"))
        assert (alert.verdict, alert.reason_code) == (verdict, reason)

    def test_ruled_out_alerts_are_reviewed_too(self, office):
        alert = go(record_of(Alert, level="red"), *self.VERIFIED, ("rule_out", "front"))
        assert alert.state == "first_review"
        refused(alert, "close_at_first", "function", "监督复核")

    def test_both_causes_are_analysed_before_it_closes(self, office):
        alert = go(record_of(Alert), *self.VERIFIED, ("rule_out", "front"))
        with pytest.raises(BadInput, match="业务原因分析"):
            go(alert, ("review", "function", {"business_cause": ""}))
        alert = go(alert, ("review", "function"))
        with pytest.raises(BadInput, match="廉政原因"):
            go(alert, ("close", "oversight", {"integrity_cause": ""}))
        assert go(alert, ("close", "oversight")).state == "closed"

    def test_blue_alerts_are_closed_at_the_first_review_unless_drawn(self, office):
        drawn, free = (next(str(n) for n in range(99) if sampled(str(n)) is one) for one in (True, False))
        for salt, state in ((free, "closed"), (drawn, None)):
            alert = go(record_of(Alert, level="blue", salt=salt), *self.VERIFIED, ("rule_out", "front"))
            if state:
                assert go(alert, ("close_at_first", "function")).state == state
            else:
                refused(alert, "close_at_first", "function", "监督复核")

    def test_a_rectification_is_not_opened_without_its_problem(self, office):
        alert = go(record_of(Alert), *self.VERIFIED, ("confirm", "front"))
        refused(alert, "dispose", "front", "写明问题", open_rectify=True, problem="")

    def test_a_returned_alert_is_verified_anew_and_its_verdict_replaced(self, office):
        alert = go(record_of(Alert), *self.VERIFIED, ("rule_out", "front"), ("send_back", "function"))
        alert = go(alert, ("verify", "colleague"), ("confirm", "colleague"))
        assert (alert.verdict, alert.reason_code) == ("confirmed", "")

    def test_limits_are_shorter_the_redder(self, office):
        ends = [record_of(Alert, level=level) for level in ("red", "orange", "yellow", "blue")]
        assert [one.due_at - one.opened_at for one in ends] == sorted(one.due_at - one.opened_at for one in ends)


class TestClue:
    SENT = (("submit", "front"), ("approve", "house_head"), ("transfer", "front"))

    def test_one_officer_alone_transfers_nothing(self, office):
        refused(record_of(Clue), "submit", "front", "两人以上", handlers=["甲", "甲"])
        refused(record_of(Clue), "submit", "front", "必须附上", papers=["letter"])

    def test_a_refusal_to_transfer_ends_nothing_before_oversight_has_seen_it(self, office):
        clue = go(record_of(Clue), ("submit", "front"), ("reject", "house_head"))
        assert not clue.is_closed
        assert go(clue, ("resume", "oversight")).state == "submitted"
        clue = go(Clue.objects.get(), ("reject", "leader"), ("uphold", "oversight_two"))
        assert clue.state == "not_transferred"

    def test_papers_go_back_and_forth_without_being_lost(self, office):
        clue = go(
            record_of(Clue), *self.SENT, ("return_papers", "police"), ("supplement", "front"), ("receive", "police")
        )
        assert clue.state == "reviewed"

    def test_who_received_it_does_not_decide_on_filing(self, office):
        clue = go(record_of(Clue), *self.SENT, ("receive", "police"))
        Clue.objects.update(hands={**clue.hands, "receive": "police_head"})
        refused(clue, "file_criminal", "police_head", "另一人")

    def test_a_refusal_to_file_is_disputed_to_the_end_and_still_teaches(self, office):
        clue = go(record_of(Clue), *self.SENT, ("receive", "police"), ("refuse", "police_head"))
        clue = go(clue, ("ask_again", "function"), ("uphold_refusal", "police_head"), ("suggest_supervision", "leader"))
        clue = go(clue, ("end_supervision", "leader"))
        refused(clue, "close", "function", "不能进行")
        clue = go(clue, ("explain", "police"))
        assert (clue.state, clue.is_closed) == ("fed_back", False)

    def test_the_procuratorate_may_have_it_filed_after_all(self, office):
        clue = go(
            record_of(Clue), *self.SENT, ("receive", "police"), ("refuse", "police_head"), ("ask_again", "function")
        )
        clue = go(clue, ("uphold_refusal", "police_head"), ("suggest_supervision", "function"))
        assert go(clue, ("file_criminal", "police_head")).filed_as == "criminal"

    def test_statutory_hours_and_days_run(self, office):
        clue = go(record_of(Clue), ("submit", "front"), ("approve", "house_head"))
        assert (clue.due_at - clue.entered_at).total_seconds() == 24 * 3600
        clue = go(clue, ("transfer", "front"), ("receive", "police"))
        assert 3 <= (clue.due_at - clue.entered_at).total_seconds() / 86400 <= 4

    def test_nobody_but_the_system_says_that_it_is_plugged(self, office):
        Clue.objects.filter(pk=record_of(Clue).pk).update(state="plugging")
        for who in CAST:
            refused(Clue.objects.get(), "plug", who, "系统")


class TestCase:
    INVESTIGATED = (("assign", "police_head"),)

    def reviewed(self, kind, **found):
        case = go(record_of(Case, kind=kind), *self.INVESTIGATED, ("conclude", "police", found))
        return go(case, ("pass_review", "legal"))

    def test_two_investigators(self, office):
        refused(record_of(Case), "assign", "police_head", "两人以上", investigators=["丙"])

    def test_what_is_not_disclosed_is_not_guessed(self, office):
        case = go(record_of(Case), *self.INVESTIGATED)
        refused(case, "conclude", "police", "不得填写或推测", price_basis="undisclosed")
        refused(case, "conclude", "police", "都须填写", actual_price_cny="")
        blank = {"price_basis": "undisclosed", "declared_price_cny": "", "actual_price_cny": ""}
        case = go(case, ("conclude", "police", blank))
        assert (case.price_basis, case.actual_price_cny) == ("undisclosed", None)

    def test_no_decision_without_legal_review_by_another(self, office):
        case = go(
            record_of(Case, kind="administrative"), *self.INVESTIGATED, ("conclude", "police", {"evaded_cny": "0"})
        )
        refused(case, "notify", "police", "不能进行")
        Case.objects.update(hands={**case.hands, "conclude": "legal"})
        refused(case, "pass_review", "legal", "另一人")

    def test_no_fine_where_transfer_is_due(self, office):
        case = self.reviewed("administrative", party="person", evaded_cny="100000")
        refused(case, "notify", "police", "不得以罚代刑")
        assert go(case, ("turn_criminal", "police_head")).kind == "criminal"

    def test_the_threshold_of_a_company_is_higher(self, office):
        case = self.reviewed("administrative", party="unit", evaded_cny="150000")
        assert go(case, ("notify", "police")).state == "notified"

    def test_a_large_fine_needs_the_offer_of_a_hearing(self, office):
        case = self.reviewed("administrative", party="person", evaded_cny="20000")
        refused(case, "notify", "police", "听证", fine_cny="10000.01", hearing_offered=False)
        assert go(case, ("notify", "police", {"fine_cny": "10000.01", "hearing_offered": True})).state == "notified"

    def test_the_fine_is_at_most_what_was_notified(self, office):
        case = go(self.reviewed("administrative", evaded_cny="20000"), ("notify", "police"))
        refused(case, "decide", "police_head", "不得超过", fine_cny="5000.01")
        refused(case, "decide", "police_head", "应为零", outcome="no_penalty", fine_cny="1")
        assert go(case, ("decide", "police_head")).fine_cny == 4000

    def test_a_collective_decision_has_its_quorum_and_keeps_dissent(self, office):
        case = go(
            record_of(Case, kind="administrative"), *self.INVESTIGATED, ("conclude", "police", {"evaded_cny": "0"})
        )
        case = go(case, ("pass_review", "legal", {"collective": True}), ("notify", "police"))
        refused(case, "decide", "police_head", "集体讨论")
        refused(case, "decide_together", "police_head", "3人以上", attended=["甲", "乙"])
        case = go(case, ("decide_together", "police_head", {"dissent": "乙认为证据不足"}))
        assert (case.state, case.facts["decide_together"]["dissent"]) == ("decided", "乙认为证据不足")

    def test_it_goes_back_for_supplement_twice_at_most(self, office):
        case = self.reviewed("criminal")
        for name in ("supplement", "supplement_again"):
            case = go(
                case, ("prosecute", "police_head"), (name, "police"), ("conclude", "police"), ("pass_review", "legal")
            )
        case = go(case, ("prosecute", "police_head"))
        refused(case, "supplement", "police", "已退回过一次")
        refused(case, "supplement_again", "police", "不得再退")

    @pytest.mark.parametrize("scope", ["open", "limited"])
    def test_the_front_line_reads_it_from_the_feedback_on(self, office, scope):
        customs = {"front", "chief", "house_head", "function", "risk"}
        case = self.reviewed("criminal")
        assert not [who for who in customs if Case.objects.visible_to(actor(who)).exists()]
        assert Case.objects.visible_to(actor("police")).exists()
        case = go(
            case, ("prosecute", "police_head"), ("record_judgment", "police"), ("feed_back", "police", {"scope": scope})
        )
        seen = {who for who in CAST if Case.objects.visible_to(actor(who)).exists()}
        assert seen & customs == (customs if scope == "open" else {"function", "risk"})
        assert not seen & {"stranger", "stranger_function", "stranger_police", "admin"}

    def test_a_loophole_is_named_and_described_or_neither(self, office):
        case = go(self.reviewed("criminal"), ("prosecute", "police_head"), ("record_judgment", "police"))
        refused(case, "feed_back", "police", "漏洞", gap_code="rule", gap_description="")

    def test_a_district_without_a_bureau_says_what_to_do(self, office):
        with pytest.raises(BadInput, match="安全管理员"):
            bureau_of("9900")
