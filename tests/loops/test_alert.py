"""An alert's own rules: three verdicts, two analyses, the sample of blue ones."""

import pytest

from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import speaking
from guanjian.loops.alert.actions import open_from_finding
from guanjian.loops.alert.flow import sampled
from guanjian.loops.alert.models import Alert
from guanjian.loops.lead.actions import open_from_findings
from guanjian.moving.sealed import CLOSED_TITLE
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit
from tests.loops.findings import finding, finding_about_a_person
from tests.loops.moves import go, refused
from tests.loops.world import record_of

VERIFIED = (("sign", "front"), ("verify", "front"))


@pytest.mark.parametrize(
    ("judged", "verdict", "reason"),
    [("confirm", "confirmed", ""), ("rule_out", "refuted", "bad_data"), ("leave_open", "undetermined", "")],
)
def test_a_verdict_is_one_of_three_and_only_a_false_alarm_has_a_reason(office, judged, verdict, reason):
    alert = go(record_of(Alert), *VERIFIED, (judged, "front"))
    assert (alert.verdict, alert.reason_code) == (verdict, reason)


def test_ruled_out_alerts_are_reviewed_too(office):
    alert = go(record_of(Alert, level="red"), *VERIFIED, ("rule_out", "front"))
    assert alert.state == "first_review"
    refused(alert, "close_at_first", "function", "监督复核")


def test_both_causes_are_analysed_before_it_closes(office):
    alert = go(record_of(Alert), *VERIFIED, ("rule_out", "front"))
    with pytest.raises(BadInput, match="业务原因分析"):
        go(alert, ("review", "function", {"business_cause": ""}))
    alert = go(alert, ("review", "function"))
    with pytest.raises(BadInput, match="廉政原因"):
        go(alert, ("close", "oversight", {"integrity_cause": ""}))
    assert go(alert, ("close", "oversight")).state == "closed"


def test_blue_alerts_are_closed_at_the_first_review_unless_drawn(office):
    drawn, free = (next(str(n) for n in range(99) if sampled(str(n)) is one) for one in (True, False))
    for salt, state in ((free, "closed"), (drawn, None)):
        alert = go(record_of(Alert, level="blue", salt=salt), *VERIFIED, ("rule_out", "front"))
        if state:
            assert go(alert, ("close_at_first", "function")).state == state
        else:
            refused(alert, "close_at_first", "function", "监督复核")


def test_a_rectification_is_not_opened_without_its_problem(office):
    alert = go(record_of(Alert), *VERIFIED, ("confirm", "front"))
    refused(alert, "dispose", "front", "写明问题", open_rectify=True, problem="")


def test_a_returned_alert_is_verified_anew_and_its_verdict_replaced(office):
    alert = go(record_of(Alert), *VERIFIED, ("rule_out", "front"), ("send_back", "function"))
    alert = go(alert, ("verify", "colleague"), ("confirm", "colleague"))
    assert (alert.verdict, alert.reason_code) == ("confirmed", "")


def test_limits_are_shorter_the_redder(office):
    ends = [record_of(Alert, level=level) for level in ("red", "orange", "yellow", "blue")]
    assert [one.due_at - one.opened_at for one in ends] == sorted(one.due_at - one.opened_at for one in ends)


def test_an_alert_and_a_lead_are_named_in_the_language_of_the_reader(office):
    words = {"detector_zh": "申报价格偏低", "detector_en": "Price below peers"}
    alert = open_from_finding(finding(evidence=words), Unit.objects.get(pk="2201"), SYSTEM)
    lead = open_from_findings([finding_about_a_person(evidence=words)], Unit.objects.get(pk="2201"), SYSTEM)
    with speaking("en"):
        assert str(alert.heading) == "Price below peers: Enterprise E0001"
        assert str(lead.heading) == "Price below peers 2026-10"
    assert str(alert.heading) == alert.title == "申报价格偏低：企业 E0001"
    lead.title = str(CLOSED_TITLE)
    assert lead.heading == lead.title
