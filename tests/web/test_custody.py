"""The custodian's page and the list on a record: two people, a reason, and no content for who only keeps keys."""

import pytest

from guanjian.loops.lead.actions import open_from_finding
from guanjian.moving.models import Disclosure, Recovery
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit
from tests import cast
from tests.loops.findings import finding_about_a_person
from tests.signed_in import browser

REASON = "须调取其排班记录核实"


@pytest.fixture
def lead(office):
    cast.give_keys(*cast.KEYED)
    told = {"subject_id": "g22010499|E9137001", "explanation": "g22010499 与该企业往来异常"}
    return open_from_finding(finding_about_a_person(**told), Unit.objects.get(pk="2201-01"), SYSTEM)


def test_a_name_is_asked_for_on_the_record_and_agreed_on_the_custodian_s_page(lead):
    member, custodian = browser("oversight"), browser("custodian")
    assert "g22010499" not in member.get(f"/lead/{lead.pk}/").content.decode()
    assert member.post(f"/lead/{lead.pk}/sealed/disclose/", {"reason": REASON}).status_code == 302
    assert "等待密钥保管人审批" in member.get(f"/lead/{lead.pk}/").content.decode()
    page = custodian.get("/custody/").content.decode()
    assert REASON in page
    assert not [word for word in ("g22010499", "E9137001", "往来异常") if word in page]
    assert custodian.get(f"/lead/{lead.pk}/").status_code == 404
    custodian.post(f"/custody/agree/{Disclosure.objects.get().pk}/")
    assert custodian.post("/custody/agree/999/").status_code == 404
    assert "g22010499 与该企业往来异常" in member.get(f"/lead/{lead.pk}/").content.decode()
    story = member.get(f"/lead/{lead.pk}/").content.decode()
    assert "申请披露身份" in story
    assert "同意披露身份" in story
    assert REASON not in custodian.get("/custody/").content.decode()


def test_a_record_is_given_back_by_two_custodians_on_their_pages(lead):
    first, second = browser("custodian"), browser("custodian_two")
    cast.give_keys("later")
    given = {"key": f"lead/{lead.pk}", "person": "later", "reason": "承办人均已调离岗位"}
    assert first.post("/custody/begin/", given).status_code == 302
    begun = Recovery.objects.get()
    assert first.post(f"/custody/recover/{begun.pk}/").status_code == 403
    assert "承办人均已调离岗位" in second.get("/custody/").content.decode()
    assert second.post(f"/custody/recover/{begun.pk}/").status_code == 302
    assert browser_of_later().get(f"/lead/{lead.pk}/").status_code == 200


def browser_of_later():
    from unittest.mock import patch

    with patch.dict(cast.CAST, {"later": (cast.Post.OVERSIGHT, "2200")}):
        return browser("later")


def test_a_colleague_who_came_later_is_let_in_on_the_record(lead):
    cast.give_keys("later")
    later = browser_of_later()
    assert later.get(f"/lead/{lead.pk}/").status_code == 404
    member = browser("oversight")
    assert 'value="later"' in member.get(f"/lead/{lead.pk}/").content.decode()
    assert member.post(f"/lead/{lead.pk}/sealed/admit/", {"person": "later"}).status_code == 302
    assert later.get(f"/lead/{lead.pk}/").status_code == 200
    assert member.post(f"/lead/{lead.pk}/sealed/admit/", {"person": "stranger"}).status_code == 403


@pytest.mark.parametrize("who", ["oversight", "leader_hq", "admin", "security", "audit", "front"])
def test_the_custodian_s_page_is_for_custodians(lead, who):
    client = browser(who)
    assert client.get("/custody/").status_code == 404
    assert client.post("/custody/agree/1/").status_code == 404


def test_a_custodian_without_an_open_key_is_asked_to_unlock(lead):
    client = browser("custodian")
    del client.cookies["unlock"]
    assert client.get("/custody/")["Location"].startswith("/account/unlock/")


def test_what_is_not_sealed_has_no_list(lead):
    assert browser("oversight").post("/alert/1/sealed/admit/", {"person": "x"}).status_code == 404
    assert browser("oversight").post(f"/lead/{lead.pk}/sealed/other/").status_code == 404
