"""The demonstration's choice of roles: only with the demo flag, only on this machine; anywhere else there is no such page."""

from __future__ import annotations

import ipaddress
from itertools import groupby

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guanjian.kernel.errors import NotFound
from guanjian.org import keyring
from guanjian.org.models import Appointment, Person
from guanjian.org.posts import Post
from guanjian.web import unlocking
from guanjian.web.errors import NO_PAGE
from guanjian.web.open_to_all import open_to_all

SEATED = "demo_seat"
PREFIX = "demo."
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def is_here(request: HttpRequest) -> bool:
    """True for the demo flag and a browser on this very machine that asked for it by its own name."""
    if not settings.GUANJIAN_DEMO or any(request.META.get(name) for name in FORWARDED):
        return False
    host = request.get_host().rpartition(":")[0] if not request.get_host().endswith("]") else request.get_host()
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and _is_loopback((host or request.get_host()).strip("[]"))


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_seated(request: HttpRequest) -> bool:
    """True when this session came through the choice of roles and the demonstration still runs here."""
    return request.session.get(SEATED) == request.user.pk and is_here(request)


@open_to_all
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The people of the demonstration by unit; pressing one signs in as that person."""
    if not is_here(request):
        raise NotFound(NO_PAGE)
    if request.method == "POST":
        return _sit(request, request.POST.get("person", ""))
    return render(request, "web/demo.html", {"places": _places()})


def _sit(request: HttpRequest, username: str) -> HttpResponse:
    person = Person.objects.filter(username=username, username__startswith=PREFIX, is_active=True).first()
    if person is None:
        raise NotFound(NO_PAGE)
    request.session.flush()
    login(request, person, backend=BACKEND)
    request.session[SEATED] = person.pk
    unlocking.keep(request, person, keyring.demonstrate(person))
    return HttpResponseRedirect(reverse("home"))


def _places() -> list[tuple]:
    """Units with their people, each with the post held: headquarters first, then as the codes go."""
    held = Appointment.objects.filter(person__username__startswith=PREFIX, person__is_active=True, until=None)
    rows = held.select_related("person", "unit").order_by("unit__code", "pk")[:200]
    return [
        (unit, [(row.person, Post(row.post)) for row in group])
        for unit, group in groupby(rows, key=lambda row: row.unit)
    ]
