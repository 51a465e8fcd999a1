"""Finding a record of any loop by a word of it: what one may not see is not found."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanjian.org.actor import Actor
from guanjian.pages.bounded import Lists, Ordered
from guanjian.pages.desk import DESKS
from guanjian.pages.queue import Asked, Tab, pieces_of
from guanjian.web.home import marked, read_lists

MOST = 30


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What goes on first, by urgency; then what was closed, the newest first."""
    sought = request.GET.get("q", "").strip()[:80]
    context = {"sought": sought, "open": [], "closed": []}
    if sought:
        wanted = Lists.of(
            Ordered("open", _matching(request.actor, Tab.OPEN, sought), "2, 3, 4", MOST),
            Ordered("closed", _matching(request.actor, Tab.CLOSED, sought), "4 DESC", MOST),
        )
        context |= read_lists(wanted, request.actor)
    return render(request, "web/search.html", context)


def _matching(actor: Actor, tab: Tab, sought: str) -> Iterator[QuerySet]:
    for name, desk in DESKS.items():
        for piece in pieces_of(desk, actor, Asked(tab=tab, text=sought)):
            yield marked(name, piece)[:MOST]
