"""Three administrators, apart from all business and from each other; what they change is in the ledger."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from guanjian.kernel.workdays import Limit
from guanjian.ledger.models import Entry
from guanjian.ledger.sequencer import seal_all
from guanjian.org import calendar
from guanjian.org.models import Appointment, Holiday, Parameter, Person
from guanjian.pages.desk import DESKS
from tests import cast
from tests.days import date_in

PAGES = {
    "admin": ["/office/holidays/", "/office/parameters/", "/office/jobs/"],
    "security": ["/office/accounts/"],
    "audit": ["/office/ledger/", "/office/verification/"],
}


@pytest.mark.parametrize("who", ["admin", "security", "audit", "front", "leader_hq", "oversight_hq"])
def test_each_administrator_opens_only_his_own_pages(browse, who):
    browser = browse(who)
    for owner, pages in PAGES.items():
        for page in pages:
            assert browser.get(page).status_code == (200 if owner == who else 404), page


@pytest.mark.parametrize("who", ["admin", "security", "audit"])
def test_an_administrator_sees_no_business(browse, who):
    browser = browse(who)
    assert list(DESKS) != []
    menu = browser.get("/").content.decode()
    for name, desk in DESKS.items():
        assert f'href="/{name}/"' not in menu
        assert browser.get(f"/{name}/?tab=open").context["rows"] == []
        assert desk.model.objects.visible_to(cast.actor(who)).count() == 0


def test_a_holiday_counts_at_once_and_is_noted(browse):
    day = date(2031, 10, 1)
    given = {"day": day.isoformat(), "kind": "holiday", "name": "国庆节"}
    assert browse("admin").post("/office/holidays/", given).status_code == 302
    assert Holiday.objects.get().name == "国庆节"
    assert not calendar.working_days().is_working(day)
    assert Entry.objects.filter(event="office.holiday", actor="admin", subject="holiday/2031-10-01").exists()


def test_a_wrong_day_is_one_sentence_and_changes_nothing(browse):
    answer = browse("admin").post("/office/holidays/", {"day": "2031-13-01", "kind": "holiday", "name": "甲"})
    assert answer.status_code == 400
    assert "应为日期" in answer.content.decode()
    assert not Holiday.objects.exists()


def limit(since, code="limit.alert.pushed.red", amount="4"):
    return {"code": code, "amount": amount, "unit": "h", "since": since.isoformat(), "source": "署办〔2026〕1号"}


def test_a_limit_is_changed_from_a_coming_day_on(browse):
    tomorrow = date_in(1)
    browser = browse("admin")
    assert browser.post("/office/parameters/", limit(tomorrow)).status_code == 302
    old = Limit(2, "h", "", "limit.alert.pushed.red")
    assert calendar.in_force(old, tomorrow).amount == 4
    assert calendar.in_force(old, timezone.localdate()).amount == 2
    assert browser.post("/office/parameters/", limit(tomorrow)).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        limit(date(2020, 1, 1)),
        limit(date(2040, 1, 1), code="limit.nothing"),
        limit(date(2040, 1, 1), amount="0"),
        limit(date(2040, 1, 1), amount="-3"),
    ],
)
def test_a_wrong_limit_changes_nothing(browse, wrong):
    assert browse("admin").post("/office/parameters/", wrong).status_code == 400
    assert not Parameter.objects.exists()


def made(browser, username="g990001"):
    browser.post("/office/accounts/", {"username": username, "name_zh": "新人", "name_en": "Newcomer"})
    return Person.objects.get(username=username)


def test_an_account_is_made_with_a_password_that_is_shown_once(browse):
    browser = browse("security")
    person = made(browser)
    page = browser.get(f"/office/accounts/{person.pk}/").content.decode()
    password = page.split("初始密码：")[1].split("<")[0]
    assert person.check_password(password)
    assert password not in browser.get(f"/office/accounts/{person.pk}/").content.decode()
    assert not Entry.objects.filter(body__contains=password).exists()
    assert Entry.objects.filter(event="office.person", actor="security").exists()


def test_a_post_is_given_and_ended(browse):
    browser = browse("security")
    person = made(browser)
    given = {"post": "frontline", "unit": "2201", "since": "2026-01-01"}
    assert browser.post(f"/office/accounts/{person.pk}/appoint/", given).status_code == 302
    assert [held.post for held in person.actor().holdings] == ["frontline"]
    row = Appointment.objects.get(person=person)
    assert browser.post(f"/office/accounts/{person.pk}/dismiss/", {"appointment": row.pk}).status_code == 302
    assert person.actor().holdings == ()
    assert Appointment.objects.filter(person=person).count() == 1


@pytest.mark.parametrize(
    ("first", "second"), [("sys_admin", "frontline"), ("frontline", "aud_admin"), ("sys_admin", "sec_admin")]
)
def test_an_administrator_holds_that_one_post_and_no_other(browse, first, second):
    browser = browse("security")
    person = made(browser)
    for post in (first, second):
        given = {"post": post, "unit": "0000", "since": "2026-01-01"}
        answer = browser.post(f"/office/accounts/{person.pk}/appoint/", given)
    assert answer.status_code == 403
    assert [held.post for held in person.actor().holdings] == [first]


@pytest.mark.parametrize("what", ["appoint", "password", "factor", "close"])
def test_nobody_changes_his_own_account(browse, what):
    browser, before = browse("security"), Person.objects.get(username="security").password
    me = Person.objects.get(username="security")
    given = {"post": "leader", "unit": "0000", "since": "2026-01-01"}
    assert browser.post(f"/office/accounts/{me.pk}/{what}/", given).status_code == 403
    me.refresh_from_db()
    assert (me.password, me.is_active, me.appointments.count()) == (before, True, 1)
    assert Authenticator.objects.filter(user=me).exists()


def test_a_lost_device_is_forgotten_and_a_closed_account_stays_out(browse):
    browser, front = browse("security"), cast.client("front")
    person = Person.objects.get(username="front")
    browser.post(f"/office/accounts/{person.pk}/factor/")
    assert not Authenticator.objects.filter(user=person).exists()
    browser.post(f"/office/accounts/{person.pk}/close/")
    assert front.get("/")["Location"].startswith("/account/signin/")


def test_the_audit_reads_that_business_happened_but_not_what(browse):
    browse("security").post("/office/accounts/", {"username": "g1", "name_zh": "某某", "name_en": ""})
    from guanjian.moving.verbs import note

    note("alert.verify", "alert/1", cast.actor("front"), {"checked": "商业秘密内容"}, "2200")
    page = browse("audit").get("/office/ledger/").content.decode()
    assert "alert.verify" in page
    assert "商业秘密内容" not in page
    assert "name_zh = 某某" in page


def test_the_audit_verifies_and_sees_a_changed_byte(browse):
    browser = browse("audit")
    made(browse("security"))
    seal_all()
    assert "全部相符" in browser.post("/office/verification/").content.decode()
    assert Entry.objects.filter(event="office.verified", actor="audit").exists()
