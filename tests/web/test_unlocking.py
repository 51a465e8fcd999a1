"""A key is open in the browser that gave the password, for its session, and nowhere else."""

import json
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from guanjian.ledger.models import Entry
from guanjian.loops.lead.actions import open_from_finding
from guanjian.loops.lead.models import Lead
from guanjian.org import keyring
from guanjian.org.actor import SYSTEM
from guanjian.org.models import KeyPair, Unit
from tests import cast
from tests.loops.findings import finding_about_a_person
from tests.web.test_signin import ADDRESS, PASSWORD, code_of

NEW = "another good password 2026"


@pytest.fixture
def member(office):
    """An oversight officer with password and second factor, signed in once; and a lead that was closed for him."""
    person = cast.person("oversight")
    person.set_password(PASSWORD)
    person.save()
    person.secret = generate_totp_secret()
    TOTP.activate(person, person.secret)
    keyring.sign_in(person, PASSWORD)
    open_from_finding(finding_about_a_person(), Unit.objects.get(pk="2201-01"), SYSTEM)
    return person


def signed_in(person, password=PASSWORD) -> Client:
    browser = Client()
    browser.post(ADDRESS, {"login": person.username, "password": password})
    browser.post("/account/factors/check/", {"code": code_of(person.secret)})
    return browser


def address() -> str:
    return f"/lead/{Lead.objects.get().pk}/"


def test_signing_in_opens_the_key_and_the_page_shows_the_content(member):
    browser = signed_in(member)
    page = browser.get(address())
    assert page.status_code == 200
    assert "申报单价低于同行" in page.content.decode()
    assert [entry.actor for entry in Entry.objects.filter(event="lead.read")] == ["oversight"]


def test_the_cookie_is_for_this_site_and_no_script(member, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = Client().post(ADDRESS, {"login": "oversight", "password": PASSWORD}).cookies["unlock"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"], cookie["max-age"]) == (True, "Strict", True, "")


def test_session_store_and_cookie_each_alone_open_nothing(member):
    browser = signed_in(member)
    private = keyring.open_with(member, PASSWORD)
    stored = json.dumps([row.get_decoded() for row in Session.objects.all()])
    half = browser.cookies["unlock"].value
    assert keyring.text(private) not in stored
    assert private.hex() not in stored
    assert half not in stored
    assert keyring.raw(half) != private
    del browser.cookies["unlock"]
    assert browser.get(address())["Location"].startswith("/account/unlock/")
    foreign = Client()
    foreign.cookies["unlock"] = half
    assert foreign.get(address())["Location"].startswith(ADDRESS)


def test_a_remembered_session_is_asked_to_unlock_and_the_password_does(member):
    browser = Client()
    browser.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    sent = browser.get(address())["Location"]
    assert sent == f"/account/unlock/?next={address().replace('/', '%2F')}"
    assert "尚未解锁您的密钥" in browser.get(sent).content.decode()
    assert "（内容已加密，解锁后可见）" in browser.get("/lead/").content.decode()
    assert browser.get("/lead/mine/")["Location"].startswith("/account/unlock/")
    wrong = browser.post("/account/unlock/", {"password": "wrong", "next": address()})
    assert (wrong.status_code, "密码不正确" in wrong.content.decode()) == (400, True)
    right = browser.post("/account/unlock/", {"password": PASSWORD, "next": address()})
    assert right["Location"] == address()
    assert "申报单价低于同行" in browser.get(address()).content.decode()


def test_unlocking_leads_to_no_other_site(member):
    browser = signed_in(member)
    answer = browser.post("/account/unlock/", {"password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_five_wrong_passwords_lock_the_unlocking_as_they_lock_the_sign_in(member):
    browser = Client()
    browser.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    for _ in range(5):
        browser.post("/account/unlock/", {"password": "wrong"})
    assert browser.post("/account/unlock/", {"password": PASSWORD}).status_code == 400


def test_a_closed_record_in_the_api_is_a_sentence_and_no_content(member):
    browser = Client()
    browser.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = browser.get(f"/api/leads/{Lead.objects.get().pk}")
    assert (answer.status_code, "解锁" in answer.json()["error"]) == (403, True)
    whole = signed_in(member).get(f"/api/leads/{Lead.objects.get().pk}").json()
    assert whole["columns"]["explanation"] == "申报单价低于同行"
    assert not {"box", "drops", "put", "drop_key", "finding_key"} & set(whole["columns"])


def test_after_signing_out_nothing_is_open(member):
    browser = signed_in(member)
    browser.post("/account/signout/")
    browser.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert browser.get(address())["Location"].startswith("/account/unlock/")


def test_a_change_of_password_keeps_what_could_be_read(member):
    browser = signed_in(member)
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert browser.post("/account/password/", given).status_code == 302
    assert keyring.open_with(member, PASSWORD) is None
    assert "申报单价低于同行" in browser.get(address()).content.decode()
    member.secret = member.secret  # the same second factor
    assert keyring.open_with(member, NEW) is not None
    assert KeyPair.objects.filter(person=member).count() == 1
    assert Entry.objects.filter(event="key.relocked").count() == 1


def test_a_password_set_by_the_administrator_inherits_nothing(member):
    member.set_password(NEW)
    member.save()
    browser = signed_in(member, NEW)
    assert browser.get(address()).status_code == 404
    assert [entry.event for entry in Entry.objects.filter(event__startswith="key.")] == ["key.replaced"]


def test_the_first_sign_in_makes_the_key_and_notes_it(office):
    person = cast.person("oversight_two")
    person.set_password(PASSWORD)
    person.save()
    Client().post(ADDRESS, {"login": "oversight_two", "password": PASSWORD})
    assert keyring.open_with(person, PASSWORD) is not None
    assert Entry.objects.get(event="key.made").subject == "person/oversight_two"
    Client().post(ADDRESS, {"login": "oversight_two", "password": "wrong password"})
    assert KeyPair.objects.count() == 1


def test_an_expired_session_opens_nothing(member):
    browser = signed_in(member)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert browser.get(address())["Location"].startswith(ADDRESS)
