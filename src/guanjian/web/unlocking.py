"""Keeping a person's private key open for a session, so that neither disk, database nor settings alone hold it.

The session holds it enciphered under a random key of which this browser's cookie is the only copy: a thief of the
database lacks the cookie, a thief of the cookie lacks the session.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from guanjian.kernel.envelopes.box import WrongKey, closed, opened
from guanjian.kernel.envelopes.wrap import new_private
from guanjian.kernel.words import Text
from guanjian.moving.verbs import note
from guanjian.org import keyring
from guanjian.org.actor import Actor
from guanjian.org.keyring import Became
from guanjian.org.models import Person
from guanjian.org.unlocked import unlocked

COOKIE = "unlock"
KEPT = "unlocked"
WRONG = Text("密码不正确。", "The password is wrong.")


def keep(request: HttpRequest, person: Person, private: bytes) -> None:
    """Have this session open the key from now on."""
    request.session[KEPT], request.unlock_cookie = apart(person, private)


def apart(person: Person, private: bytes) -> tuple[dict[str, Any], str]:
    """The two halves: what the session keeps, and what the cookie keeps."""
    half = new_private()
    box = closed(half, private, person.username.encode(), settings.GUANJIAN_CIPHER)
    return {"person": person.pk, "box": keyring.text(box)}, keyring.text(half)


def proved(request: HttpRequest, person: Person, password: str) -> None:
    """Somebody just gave the right password: open his key, or make him one; a new one stands in the ledger."""
    found = keyring.sign_in(person, password)
    keep(request, person, found.private)
    if found.became != Became.OPENED:
        note(f"key.{found.became}", f"person/{person.username}", Actor(person.username, person.name_zh), {})


def open_keys(request: HttpRequest) -> dict[str, bytes]:
    """The key of who is signed in, when both halves are here."""
    kept, half = request.session.get(KEPT), request.COOKIES.get(COOKIE)
    if not kept or not half or not request.user.is_authenticated or kept["person"] != request.user.pk:
        return {}
    name = request.user.username
    try:
        return {name: opened(keyring.raw(half)[:32], keyring.raw(kept["box"]), name.encode())}
    except (WrongKey, ValueError):
        return {}


class Unlocking:
    """The private key of who asks is open while his request is answered, and no other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with unlocked(open_keys(request)):
            response = self.get_response(request)
        if half := getattr(request, "unlock_cookie", ""):
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(COOKIE, half, secure=secure, httponly=True, samesite="Strict")
        elif COOKIE in request.COOKIES and KEPT not in request.session:
            response.delete_cookie(COOKIE, samesite="Strict")
        return response


@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """The page that a closed record leads to: the password opens the key for this session."""
    onward = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure()):
        onward = "/"
    problem = None
    if request.method == "POST":
        problem = _refused(request, request.POST.get("password", ""))
        if problem is None:
            return HttpResponseRedirect(onward)
    context = {"onward": onward, "problem": problem}
    return render(request, "account/unlock.html", context, status=400 if problem else 200)


def _refused(request: HttpRequest, password: str) -> str | None:
    """Why the password was not taken, or None; failed tries count as failed sign-ins do."""
    adapter = get_adapter()
    try:
        person = adapter.authenticate(request, username=request.user.username, password=password)
    except ValidationError as too_many:
        return " ".join(too_many.messages)
    return None if person is not None and person.pk == request.user.pk else str(WRONG)
