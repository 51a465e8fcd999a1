"""Nobody enters with a password alone, nobody guesses it, and each try stands in the ledger."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from guanjian.ledger.models import Entry
from guanjian.web.signin import Factors
from tests import cast

PASSWORD = "correct horse battery"
ADDRESS = "/account/signin/"


def code_of(secret: str) -> str:
    """What an authenticator shows now for this secret."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def front(office):
    """The front-line officer with a password and without a second factor."""
    person = cast.person("front")
    person.set_password(PASSWORD)
    person.save()
    return person


def signed_in(username="front", password=PASSWORD) -> Client:
    browser = Client()
    browser.post(ADDRESS, {"login": username, "password": password})
    return browser


def test_without_a_sign_in_every_page_leads_to_it(office):
    browser = Client()
    for address in ("/", "/alert/", "/alert/1/", "/search/?q=1", "/office/accounts/", "/account/factors/"):
        answer = browser.get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith(ADDRESS)
    assert browser.get("/api/alerts").status_code == 401


def test_without_a_second_factor_only_its_set_up_is_reachable(front):
    browser = signed_in()
    for address in ("/", "/alert/", "/account/factors/", "/office/accounts/", "/search/?q=1"):
        assert browser.get(address)["Location"] == "/account/factors/app/", address
    assert browser.get("/api/alerts").status_code == 403
    assert browser.get("/account/factors/app/").status_code == 200


def test_a_second_factor_is_set_up_and_asked_for_at_the_next_sign_in(front):
    browser = signed_in()
    secret = browser.get("/account/factors/app/").context["form"].secret
    answer = browser.post("/account/factors/app/", {"code": code_of(secret)})
    assert answer["Location"] == "/account/factors/codes/"
    assert browser.get("/").status_code == 200
    again = Client()
    answer = again.post(ADDRESS, {"login": "front", "password": PASSWORD})
    assert answer["Location"] == "/account/factors/check/"
    assert again.get("/")["Location"].startswith(ADDRESS)


def test_a_code_or_a_recovery_code_completes_the_sign_in(front):
    secret = generate_totp_secret()
    TOTP.activate(front, secret)
    browser = signed_in()
    assert browser.post("/account/factors/check/", {"code": "000000"}).status_code == 200
    assert browser.post("/account/factors/check/", {"code": code_of(secret)})["Location"] == "/"
    assert browser.get("/").status_code == 200


def test_the_secret_of_a_factor_lies_enciphered(front):
    secret = generate_totp_secret()
    TOTP.activate(front, secret)
    stored = Authenticator.objects.get(user=front).data["secret"]
    assert secret not in stored
    assert Factors().decrypt(stored) == secret


def test_nobody_drops_his_own_factor(browse):
    browser = browse("front")
    assert browser.get("/account/factors/app/kept/")["Location"] == "/account/factors/"
    assert browser.post("/account/factors/app/kept/")["Location"] == "/account/factors/"
    assert Authenticator.objects.filter(user__username="front").exists()


def test_five_failures_lock_the_account_even_for_the_right_password(front):
    for _ in range(5):
        assert Client().post(ADDRESS, {"login": "front", "password": "wrong"}).status_code == 200
    browser = signed_in()
    assert "_auth_user_id" not in browser.session
    assert Client().post(ADDRESS, {"login": "front", "password": PASSWORD}).status_code == 200


def test_there_is_no_sign_up_and_no_password_by_mail(office):
    for address in ("/account/signup/", "/account/password/reset/", "/accounts/signup/", "/account/email/"):
        assert Client().get(address).status_code == 404


def test_a_session_without_use_ends_after_fifteen_minutes(browse):
    browser = browse("front")
    assert browser.get("/").status_code == 200
    ends = Session.objects.get(pk=browser.session.session_key).expire_date
    assert ends - timezone.now() <= timedelta(minutes=15)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert browser.get("/")["Location"].startswith(ADDRESS)


def test_a_session_in_use_is_written_at_most_once_a_minute(browse, django_assert_max_num_queries):
    browser = browse("admin")
    browser.get("/")
    with django_assert_max_num_queries(12) as seen:
        browser.get("/")
    assert not [query for query in seen.captured_queries if "UPDATE" in query["sql"]]


def test_every_try_to_sign_in_is_noted_but_a_name_that_nobody_bears_is_not(front):
    signed_in()
    signed_in(password="wrong")
    signed_in(username="my-mistyped-password")
    events = list(Entry.objects.values_list("event", "subject"))
    assert ("signin.in", "person/front") in events
    assert ("signin.refused", "person/front") in events
    assert not Entry.objects.filter(body__contains="mistyped").exists()
    assert not Entry.objects.filter(subject__contains="mistyped").exists()


def test_a_form_without_its_token_is_refused_in_our_own_words(office):
    answer = Client(enforce_csrf_checks=True).post(ADDRESS, {"login": "front", "password": PASSWORD})
    assert answer.status_code == 403
    assert "表单已过期" in answer.content.decode()


def test_pages_forbid_foreign_and_inline_scripts(office):
    answer = Client().get(ADDRESS)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    page = answer.content.decode()
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=|https?://", page)
