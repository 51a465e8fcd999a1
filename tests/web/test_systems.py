"""The page of other systems: two administrators do their half each, nobody else finds it, and a key is shown once."""

import re

import pytest
from django.utils import timezone

from guanjian.outside import registry
from guanjian.outside.models import Delivery, Subscription, System
from tests import cast
from tests.days import date_in
from tests.outside.conftest import application, let_in, receiver  # noqa: F401

LIST = "/office/systems/"


def until():
    return date_in(90).isoformat()


def page(browser, where):
    return browser.get(where).content.decode()


@pytest.fixture
def system(office):
    return let_in()


@pytest.mark.parametrize("who", ["audit", "front", "leader_hq", "oversight_hq", "function", "custodian"])
def test_nobody_else_finds_the_pages(browse, system, who):
    browser = browse(who)
    for where in (LIST, f"{LIST}{system.pk}/"):
        assert browser.get(where).status_code == 404
    assert browser.post(f"{LIST}{system.pk}/end/").status_code == 404
    assert System.objects.get().ended_at is None


def test_one_registers_and_the_other_opens(browse):
    admin, security = browse("admin"), browse("security")
    assert "登记一个系统" in page(admin, LIST)
    assert "登记一个系统" not in page(security, LIST)
    assert security.post(LIST, application()).status_code == 403
    assert admin.post(LIST, application()).status_code == 302
    made = System.objects.get()
    where = f"{LIST}{made.pk}/"
    assert "批准接入" not in page(admin, where)
    assert admin.post(f"{where}open/", {"until": until()}).status_code == 403
    assert "批准接入" in page(security, where)
    assert security.post(f"{where}open/", {"until": until()}).status_code == 302
    assert registry.is_open(System.objects.get())


def test_a_key_is_shown_once_and_opens_the_door(browse, system):
    security, where = browse("security"), f"{LIST}{system.pk}/"
    security.post(f"{where}key/", {"days": "30"})
    shown = page(security, where)
    key = re.search(r"gjx_[\w-]+", shown)[0]
    assert registry.system_of(key) == system
    assert key not in page(security, where)
    security.post(f"{where}end-keys/")
    assert registry.system_of(key) is None


def test_an_address_is_registered_opened_stopped_and_its_deliveries_are_seen(browse, system, receiver):  # noqa: F811
    admin, security, where = browse("admin"), browse("security"), f"{LIST}{system.pk}/"
    assert (
        admin.post(f"{where}address/", {"address": receiver.address, "events": "alert\nclue.close"}).status_code == 302
    )
    row = Subscription.objects.get()
    assert row.events == ["alert", "clue.close"]
    assert admin.post(f"{where}open-address/", {"row": row.pk}).status_code == 403
    security.post(f"{where}open-address/", {"row": row.pk})
    assert "whsec_" in page(security, where)
    told = {"record": "alert/1", "event": "alert.start", "state": "pushed", "unit_code": "2201"}
    now = timezone.now()
    Delivery.objects.create(
        subscription=row, happened_at=now, next_try_at=now, stand="given_up", answer="没有应答。 | No answer.", **told
    )
    assert "没有应答。" in page(admin, where)
    assert "No answer" not in page(admin, where)
    admin.post(f"{where}replay/", {"row": Delivery.objects.get().pk})
    assert Delivery.objects.get().stand == "waiting"
    admin.post(f"{where}stop-address/", {"row": row.pk})
    assert "管理员停用" in page(admin, where)
    assert "有地址已停发" in page(admin, LIST)


def test_a_refusal_is_one_sentence_beside_the_forms(browse, system):
    admin, where = browse("admin"), f"{LIST}{system.pk}/"
    refused = admin.post(f"{where}address/", {"address": "https://10.0.0.1/", "events": "alert"})
    assert (refused.status_code, "内部或保留地址" in refused.content.decode()) == (400, True)
    assert admin.post(f"{where}address/", {"address": "https://8.8.8.8/", "events": "lead"}).status_code == 400
    assert admin.post(LIST, application(code="x")).status_code == 400
    assert not Subscription.objects.exists()


def test_the_rows_of_another_system_are_not_there(browse, system, receiver):  # noqa: F811
    other = let_in("ZS")
    from guanjian.outside import subscribing

    row = subscribing.subscribe(other.pk, cast.actor("admin"), receiver.address, ["alert"])
    security = browse("security")
    for number in (row.pk, "9999", "x", ""):
        assert security.post(f"{LIST}{system.pk}/open-address/", {"row": number}).status_code == 404
    assert security.post(f"{LIST}{system.pk}/nothing/").status_code == 404
    assert Subscription.objects.get().opened_at is None


def test_both_languages_are_spoken(browse, system):
    browser = browse("security")
    browser.cookies["language"] = "en"
    assert page(browser, LIST) != ""
    browser.post("/language/", {"language": "en", "next": LIST})
    told = page(browser, f"{LIST}{system.pk}/")
    assert "Issue a key" in told
    assert "签发密钥" not in told
