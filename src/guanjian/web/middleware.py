"""What surrounds every request: the language spoken, who acts, and how an error is told."""

from __future__ import annotations

from collections.abc import Callable
from time import time
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from guanjian.kernel.errors import GuanjianError, Locked
from guanjian.kernel.words import speaking
from guanjian.web import demo
from guanjian.web.errors import SET_UP_FACTOR, SIGN_IN, answer
from guanjian.web.language import DJANGO, chosen
from guanjian.web.open_to_all import BEFORE_FACTOR
from guanjian.web.signin import NOBODY, has_second_factor

Next = Callable[[HttpRequest], HttpResponse]
TOUCHED, TOUCH_SECONDS = "touched", 60


class Speaking:
    """Every text of this request is in one language, ours and the framework's alike."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.language = chosen(request)
        with speaking(request.language), translation.override(DJANGO[request.language]):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", DJANGO[request.language])
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class Acting:
    """`request.actor` is the person with the posts held today; without a sign-in and a second factor nothing opens."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = NOBODY
        if request.user.is_authenticated:
            request.actor = request.user.actor()
            self._touch(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        """Turn away who is not signed in, and who has no second factor yet."""
        if not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if request.resolver_match.view_name in BEFORE_FACTOR or demo.is_seated(request) or has_second_factor(request):
            return None
        return answer(request, SET_UP_FACTOR, 403) if _is_api(request) else redirect("mfa_activate_totp")

    @staticmethod
    def _touch(request: HttpRequest) -> None:
        """Keep the session alive while somebody works, writing it at most once a minute."""
        now = int(time())
        if now - request.session.get(TOUCHED, 0) >= TOUCH_SECONDS:
            request.session[TOUCHED] = now


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = reverse("account_login")
    if _is_api(request):
        return answer(request, SIGN_IN, 401)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect_to_login(request.get_full_path(), address)


class Errors:
    """An error that a person can act on becomes its status and its sentence: as a page, a fragment or JSON."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only our own small tree of errors; anything else is a fault and stays one."""
        if isinstance(exception, Locked) and request.method == "GET" and not _is_api(request):
            return redirect(f"{reverse('account_unlock')}?{urlencode({'next': request.get_full_path()})}")
        return answer(request, exception.text, exception.status) if isinstance(exception, GuanjianError) else None
