"""组合查询: conditions on the fields of a loop or of all loops; the address can be handed on, and shows each his own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from guanjian.kernel.errors import BadInput, GuanjianError, NotFound
from guanjian.kernel.words import Text
from guanjian.org.actor import Actor
from guanjian.pages.asking import Field, Kind, fields_of, loops
from guanjian.pages.cells import read_names, written
from guanjian.pages.composite import Place, found
from guanjian.pages.conditions import MOST as MOST_LINES
from guanjian.pages.conditions import OPS, YES, Match, Op, Query, read
from guanjian.pages.desk import DESKS, Desk
from guanjian.pages.exporting import MOST, Format, export
from guanjian.pages.queue import Asked, Tab, numbers
from guanjian.web.errors import NO_PAGE

PAGE = 25
BLANK = 3  # lines ready to be filled in
ALL = "query"  # how the ledger names a question over all loops
FORMAT = ("文件格式须为 CSV 或 Excel。", "The format is CSV or Excel.")
SEALED = Text(
    "隔离区事项的内容只对知悉名单打开，不能导出成文件。",
    "What is sealed opens for its list alone and is not taken away as a file.",
)


@dataclass(frozen=True)
class Line:
    """One line of the form as it was typed, with what its field takes."""

    number: int
    group: str
    name: str
    op: str
    value: str
    field: Field | None

    @property
    def options(self) -> list[tuple[str, Text]]:
        """The choices of a field that has some."""
        if self.field is None:
            return []
        return list(YES) if self.field.kind == Kind.YES else list(self.field.choices)

    @property
    def type(self) -> str:
        """How the value is typed."""
        return "date" if self.field and self.field.kind in (Kind.DAY, Kind.MOMENT) else "text"

    @property
    def ops(self) -> list[Op]:
        """The comparisons of the field, all of them while none is chosen."""
        return list(OPS[self.field.kind]) if self.field else list(Op)


def mine(actor: Actor) -> list[Desk]:
    """The loops over which this person may ask."""
    posts = {held.post for held in actor.holdings}
    return [desk for desk in loops() if posts & desk.model.FLOW.posts]


def _desks(request: HttpRequest) -> tuple[list[Desk], Desk | None]:
    """What is asked: one loop, or all that this person's posts read."""
    can, wanted = mine(request.actor), request.GET.get("loop", "")
    one = next((desk for desk in can if desk.name == wanted), None)
    if not can or (wanted and one is None):
        raise NotFound(NO_PAGE)
    return ([one] if one else can), one


@require_GET
def query(request: HttpRequest) -> HttpResponse:
    """The form, the question told back in a sentence, and what it finds."""
    desks, one = _desks(request)
    fields = fields_of(one.model if one else None)
    problem, asked, places = None, None, []
    try:
        asked = read(request.GET, fields)
        if asked.conditions:
            places = found(request.actor, desks, asked, PAGE + 1, request.GET.get("after", ""))
    except GuanjianError as refusal:
        problem = refusal
    named = [("loop", one.name)] if one else []
    address = asked.address(*named) if asked and asked.conditions and not problem else ""
    context = {
        "one": one,
        "desks": mine(request.actor),
        "fields": list(fields.values()),
        "form": _form(request, fields),
        "more": _more(request) + BLANK,
        "matches": list(Match),
        "match": request.GET.get("match") or Match.ANY,
        "says": asked.said if address else None,
        "address": address,
        "lines": _records(places[:PAGE], request.actor, one),
        "next": f"{address}&after={places[PAGE - 1].mark}" if len(places) > PAGE else "",
        "first": address,
        "given": request.GET,
        "problem": problem,
        "formats": list(Format),
        "most": f"{MOST:,}",
        "take_away": f"{reverse('query_export')}{address}",
    }
    return render(request, "web/query.html", context, status=problem.status if problem else 200)


def _more(request: HttpRequest) -> int:
    text = request.GET.get("more", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else 0


def _form(request: HttpRequest, fields: dict[str, Field]) -> list[Line]:
    """The lines typed, and blank ones after them."""
    given, lines = request.GET, []
    for n in range(MOST_LINES):
        if name := given.get(f"f{n}", ""):
            rest = given.get(f"o{n}", ""), given.get(f"v{n}", "")
            lines.append(Line(len(lines), given.get(f"g{n}", "1"), name, *rest, fields.get(name)))
    blank = min(MOST_LINES, max(BLANK, len(lines) + 1, _more(request))) - len(lines)
    return lines + [Line(len(lines) + n, "1", "", "", "", None) for n in range(blank)]


def _records(places: list[Place], actor: Actor, one: Desk | None) -> list[dict[str, Any]]:
    """The records found, read once more as each loop shows them to this person."""
    asked: dict[str, list[int]] = {}
    for place in places:
        asked.setdefault(place.loop, []).append(place.number)
    rows = {name: DESKS[name].model.objects.visible_to(actor).in_bulk(ids) for name, ids in asked.items()}
    records = [rows[place.loop][place.number] for place in places if place.number in rows[place.loop]]
    columns = one.columns if one else ()
    values = [[(column.kind, column.of(record)) for column in columns] for record in records]
    read_names(pair for row in values for pair in row)
    return [
        {
            "record": record,
            "loop": record.flow.title,
            "address": reverse(f"{record.flow.name}:record", args=[record.pk]),
            "cells": [(column.title, column.kind, written(*pair)) for column, pair in zip(columns, row, strict=True)],
        }
        for record, row in zip(records, values, strict=True)
    ]


@require_POST
def export_query(request: HttpRequest) -> HttpResponseBase:
    """What a question finds, as a file."""
    desks, one = _desks(request)
    try:
        asked: Query = read(request.GET, fields_of(one.model if one else None))
        places = found(request.actor, desks, asked, MOST + 1)
        keys = [(place.loop, place.number) for place in places]
        return export(request.actor, keys, _format(request), (one.name if one else ALL, request.get_full_path()))
    except BadInput as refusal:
        return _refused(request, f"{reverse('query')}?{request.GET.urlencode()}", refusal)


@require_POST
def export_queue(request: HttpRequest, loop: str) -> HttpResponseBase:
    """What a queue shows with its filters, all pages of it, as a file."""
    desk = DESKS.get(loop)
    if desk is None or not {held.post for held in request.actor.holdings} & desk.model.FLOW.posts:
        raise NotFound(NO_PAGE)
    asked = Asked.read(request.GET, Tab.OPEN)
    try:
        if desk.sealed:
            raise BadInput(SEALED)
        keys = [(loop, number) for number in numbers(desk, request.actor, asked, MOST + 1)]
        return export(request.actor, keys, _format(request), (loop, request.get_full_path()))
    except BadInput as refusal:
        return _refused(request, f"{reverse(f'{loop}:queue')}{asked.address()}", refusal)


def _format(request: HttpRequest) -> Format:
    if request.POST.get("format") not in set(Format):
        raise BadInput(*FORMAT)
    return Format(request.POST["format"])


def _refused(request: HttpRequest, back: str, refusal: BadInput) -> HttpResponseRedirect:
    """Back to the page with the sentence: a file that cannot be made leaves nobody on a bare page."""
    messages.error(request, str(refusal))
    return HttpResponseRedirect(back)
