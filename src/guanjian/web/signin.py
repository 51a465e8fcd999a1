"""Who may sign in and with what: a password and a second factor, never a password alone; each try is in the ledger."""

from __future__ import annotations

import base64
import hashlib
from time import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from guanjian.moving.verbs import note
from guanjian.org import keyring
from guanjian.org.actor import Actor
from guanjian.org.models import Person
from guanjian.org.unlocked import key_of
from guanjian.web import unlocking

NOBODY = Actor("nobody", "未登录 Nobody")
FRESH_SECONDS = 300
PROVED = "second_factor"  # the session key that says whose second factor this session has seen


class Adapter(DefaultAccountAdapter):
    """Accounts are made by the security administrator: no sign-up, no mail, no messages but our own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        return None

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        return None

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """The right password also opens the person's key for this session."""
        person = super().authenticate(request, **credentials)
        if person is not None and "password" in credentials:
            unlocking.proved(request, person, credentials["password"])
        return person

    def set_password(self, user: Person, password: str) -> None:
        """A person's own change of password puts the same key under the new one."""
        request = context.request
        given = request.POST.get("oldpassword", "") if request else ""
        private = key_of(user.username) or keyring.open_with(user, given)
        super().set_password(user, password)
        if private and keyring.relock(user, private, password):
            note("key.relocked", f"person/{user.username}", Actor(user.username, user.name_zh), {})

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever proved himself within five minutes, at the sign-in or since, is not asked again."""
        proved = get_authentication_records(context.request, context.request.user)
        return not any(time() - record["at"] < FRESH_SECONDS for record in proved)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/account/factors/"


class Factors(DefaultMFAAdapter):
    """Second factors: their secrets lie enciphered in the database, and nobody drops his own."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return False


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"guanjian second factor\n" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def has_second_factor(request: HttpRequest) -> bool:
    """True when this person has a second factor; seen once, it is remembered in the session."""
    if request.session.get(PROVED) == request.user.pk:
        return True
    found = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.TOTP).exists()
    if found:
        request.session[PROVED] = request.user.pk
    return found


def forget_factors(person: Person) -> None:
    """The person lost his device: his second factor is dropped, and the next sign-in sets a new one up."""
    Authenticator.objects.filter(user_id=person.pk).delete()


def _signed_in(sender: Any, request: HttpRequest, user: Person, **_: Any) -> None:
    note("signin.in", f"person/{user.username}", Actor(user.username, user.name_zh), {"from": _address(request)})


def _signed_out(sender: Any, request: HttpRequest, user: Person | None, **_: Any) -> None:
    if user is not None:
        note("signin.out", f"person/{user.username}", Actor(user.username, user.name_zh), {})


def _refused(sender: Any, credentials: dict, request: HttpRequest | None = None, **_: Any) -> None:
    """A wrong password for somebody who exists; names that nobody bears are not kept: they may be mistyped passwords."""
    tried = str(credentials.get("username", ""))[:40]
    if Person.objects.filter(username=tried).exists():
        note("signin.refused", f"person/{tried}", NOBODY, {"from": _address(request)})


def _address(request: HttpRequest | None) -> str:
    return request.META.get("REMOTE_ADDR", "") if request else ""


def listen() -> None:
    """Have every sign-in, sign-out and refusal noted."""
    user_logged_in.connect(_signed_in, dispatch_uid="ledger.in")
    user_logged_out.connect(_signed_out, dispatch_uid="ledger.out")
    user_login_failed.connect(_refused, dispatch_uid="ledger.refused")
