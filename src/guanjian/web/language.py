"""Which language a person reads: chosen in the head of the page, kept in a cookie and with the person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from guanjian.kernel.words import LANGUAGES
from guanjian.org.models import Person
from guanjian.web.open_to_all import open_to_all

COOKIE = "language"
DJANGO = {"zh": "zh-hans", "en": "en"}


def chosen(request: HttpRequest) -> str:
    """The cookie's language, else the person's, else Chinese."""
    language = request.COOKIES.get(COOKIE, "")
    if language not in LANGUAGES and request.user.is_authenticated:
        language = request.user.language
    return language if language in LANGUAGES else "zh"


@open_to_all
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Take the language and go back to the page."""
    language = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    if language in LANGUAGES:
        response.set_cookie(COOKIE, language, max_age=31_536_000, samesite="Lax", secure=request.is_secure())
        if request.user.is_authenticated:
            Person.objects.filter(pk=request.user.pk).update(language=language)
    return response
