"""The pages of the anonymous report: no sign-in, no cookie, no script, nothing kept of who came."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from guanjian.kernel.errors import GuanjianError
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Text
from guanjian.loops.discipline import actions, mailbox
from guanjian.loops.discipline.throttle import Throttle

TOLD = Need("told", Text("反映的问题", "What you report"), "text", min_length=20, max_length=8000)
MORE = Need("message", Text("补充内容", "What you add"), "text", min_length=2, max_length=8000)
TOO_OFTEN = Text("提交过于频繁，请十分钟后再试。", "Too often: try again in ten minutes.")
REPORTS, TRIES = Throttle(5, 200), Throttle(30, 2000)


def _open(view):
    """Reached without signing in. No token against forgery is needed where nobody's right is used, and it would be a cookie."""
    view.login_required = False
    return csrf_exempt(view)


@_open
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Take a report; the receipt code is shown once, on this answer, and is in no address."""
    if request.method == "GET":
        return _show(request, "hotline")
    typed = {"told": request.POST.get("told", ""), "unit": request.POST.get("unit", "")}
    if not REPORTS.lets(_address(request)):
        return _show(request, "hotline", 429, typed=typed, problem=TOO_OFTEN)
    try:
        code = actions.receive(TOLD.read(typed["told"]), typed["unit"])
    except GuanjianError as problem:
        return _show(request, "hotline", problem.status, typed=typed, problem=problem.text)
    return _show(request, "receipt", code=code)


@_open
@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """With the code: what was said so far, and a place to add. The code comes in the body of the request only."""
    code = request.POST.get("code", "")
    if request.method == "GET":
        return _show(request, "mailbox")
    if not TRIES.lets(_address(request)):
        return _show(request, "mailbox", 429, problem=TOO_OFTEN)
    try:
        matter = actions.found(code)
        if request.POST.get("message"):
            matter = actions.say_more(code, MORE.read(request.POST["message"]))
    except GuanjianError as problem:
        return _show(request, "mailbox", problem.status, problem=problem.text)
    told = mailbox.taken_out(code, matter.letters)
    return _show(request, "mailbox", code=code, letters=told, closed=matter.is_closed)


def _address(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR", "")


def _show(request: HttpRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
    response = render(request, f"discipline/{name}.html", context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response
