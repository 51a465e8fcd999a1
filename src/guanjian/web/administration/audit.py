"""The audit administrator: everything that was noted, by whom and when, and whether it still agrees. Nothing can be changed."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from guanjian.kernel.errors import BadInput
from guanjian.ledger.breaches import Report
from guanjian.ledger.models import Checkpoint, Entry, Stream
from guanjian.ledger.verify import verify
from guanjian.org.posts import Post
from guanjian.pages import names
from guanjian.web.administration.only import noted, only

PAGE = 50
AT_ONCE = 20_000  # entries that are verified while one waits; a larger ledger is verified at the shell
TOLD = ("office.", "signin.")  # events whose facts are the audit's own business


@dataclass(frozen=True)
class Line:
    """One entry; of business only that it happened, never what was given."""

    entry: Entry
    facts: str


@only(Post.AUD_ADMIN)
@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    """The ledger, newest first, narrowed by event, subject, person or stream."""
    rows = Entry.objects.order_by("-id")
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("event", "subject", "actor", "stream")}
    if asked["event"]:
        rows = rows.filter(event__startswith=asked["event"])
    rows = rows.filter(**{name: asked[name] for name in ("subject", "actor", "stream") if asked[name]})
    before = request.GET.get("before", "")
    if before:
        rows = rows.filter(pk__lt=_number(before))
    shown = list(rows.defer("chain", "leaf")[: PAGE + 1])
    names.read_people(entry.actor for entry in shown)
    context = {
        "lines": [Line(entry, _facts(entry)) for entry in shown[:PAGE]],
        "asked": asked,
        "before": shown[PAGE - 1].pk if len(shown) > PAGE else "",
    }
    return render(request, "web/administration/entries.html", context)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise BadInput("页码有误，请回到第一页。", "The page mark is wrong; go back to the first page.")
    return int(text)


def _facts(entry: Entry) -> str:
    """The facts of what administrators and sign-ins did; of business, none."""
    if not entry.event.startswith(TOLD):
        return ""
    facts = json.loads(entry.body).get("facts") or {}
    return "；".join(f"{name} = {value}" for name, value in facts.items() if value not in ("", None))


@only(Post.AUD_ADMIN)
@require_http_methods(["GET", "POST"])
def verification(request: HttpRequest) -> HttpResponse:
    """How far each stream is sealed; pressing the button reads the whole ledger again and says what does not agree."""
    waiting = dict(
        Entry.objects.filter(sealed_index=None)
        .order_by()
        .values_list("stream")
        .annotate(n=Count("pk"))
        .values_list("stream", "n")
    )
    signed = dict(
        Checkpoint.objects.order_by().values_list("stream").annotate(at=Max("at")).values_list("stream", "at")
    )
    streams = [(row, waiting.pop(row.name, 0), signed.get(row.name)) for row in Stream.objects.order_by("name")]
    sealed = sum(row.size for row, _, _ in streams)
    context = {
        "streams": streams,
        "unsealed": sum(waiting.values()),
        "too_many": sealed > AT_ONCE,
        "report": _verified(request) if request.method == "POST" and sealed <= AT_ONCE else None,
    }
    return render(request, "web/administration/verification.html", context)


def _verified(request: HttpRequest) -> Report:
    report = verify()
    noted(request, "verified", "ledger", {"sealed": report.sealed, "broken": report.broken})
    return report
