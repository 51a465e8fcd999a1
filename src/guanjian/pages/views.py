"""The three views that serve every loop: its queue, one record, one step; and opening by hand where the flow says so."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guanjian.kernel.errors import BadInput, GuanjianError, NotFound
from guanjian.kernel.papers import Level
from guanjian.kernel.words import Text
from guanjian.moving.record import Record
from guanjian.moving.verbs import advance, note
from guanjian.org.posts import Label
from guanjian.pages import names
from guanjian.pages.cells import read_names, written
from guanjian.pages.compartment import compartment
from guanjian.pages.desk import Desk
from guanjian.pages.forms import confirmed, fields, typed
from guanjian.pages.kept import kept
from guanjian.pages.laid import shown
from guanjian.pages.opening import may_open, open_by_hand
from guanjian.pages.panel import Tried, at_once, next_title, panel
from guanjian.pages.proving import proof_text
from guanjian.pages.queue import Asked, Tab, going_on, page
from guanjian.pages.talk import Written, talk
from guanjian.pages.timeline import timeline
from guanjian.pages.turn import turns
from guanjian.teamwork.assigning import leads

NO_SUCH = ("没有这一件，或不在您的可见范围内。", "There is no such record, or it is not within your reach.")
UNCONFIRMED = ("此步不可撤回，请先勾选确认。", "This step cannot be taken back: tick the confirmation first.")
DONE = Text("“{step}”已办理，现为“{state}”。", "“{step}” is done; it is now “{state}”.")
EMPTY = {
    "filtered": (
        Text("没有符合条件的事项", "Nothing matches"),
        Text("请放宽或清除条件。", "Widen or clear the filter."),
    ),
    Tab.MINE: (
        Text("没有待您办理的事项", "Nothing waits for you"),
        Text("有新事项时会出现在这里。", "New matters appear here."),
    ),
    Tab.OPEN: (Text("没有在办事项", "Nothing in progress"), None),
    Tab.CLOSED: (Text("还没有办结的事项", "Nothing closed yet"), None),
}
PASSED_ON = Text("已登记，转有权人员办理；您不再可见。", "It is registered and passed on; you no longer see it.")
GONE = Text("已转出，本件不再由您办理。", "It has moved on and is no longer within your reach.")


def found(desk: Desk, request: HttpRequest, pk: int) -> Record:
    """The record, if this person may see it; `NotFound` alike for what is not and for what is not his to see."""
    record = desk.model.objects.visible_to(request.actor).filter(pk=pk).first()
    if record is None:
        raise NotFound(*NO_SUCH)
    record.must_be_open()
    return record


@require_GET
def queue(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The queue: what is due first on top, the reason beside each, a page at a time."""
    acts = any(turns(desk.model.FLOW, held) for held in (*request.actor.holdings, None))
    asked = Asked.read(request.GET, Tab.MINE if acts else Tab.OPEN)
    records, after = page(desk, request.actor, asked)
    values = [[(column.kind, column.of(record)) for column in desk.columns] for record in records]
    read_names(pair for row in values for pair in row)
    rows = [_line(desk, request, record, row) for record, row in zip(records, values, strict=True)]
    context = {
        "desk": desk,
        "flow": desk.model.FLOW,
        "asked": asked,
        "rows": rows,
        "next": asked.address(after=after) if after else "",
        "first": asked.address(),
        "levels": list(Level),
        "states": list(desk.model.FLOW.states),
        "empty": EMPTY["filtered" if asked.narrowed else asked.tab],
        "tabs": _tabs(desk, request, asked, acts),
        "units": names.places_of(request.actor),
        "opens": may_open(desk, request.actor),
        "kept": kept(desk, request.actor, asked),
        "many": at_once(desk, request.actor) if asked.tab == Tab.MINE else [],
        "gives": asked.tab != Tab.CLOSED and not desk.sealed and leads(request.actor),
    }
    return render(request, "pages/queue.html", context)


def _line(desk: Desk, request: HttpRequest, record: Record, values: list) -> dict:
    return {
        "record": record,
        "address": reverse(f"{desk.name}:record", args=[record.pk]),
        "why": desk.why(record) if desk.why else None,
        "cells": [
            (column.title, column.kind, written(*pair)) for column, pair in zip(desk.columns, values, strict=True)
        ],
        "next": next_title(record, request.actor),
    }


def _tabs(desk: Desk, request: HttpRequest, asked: Asked, acts: bool) -> list[tuple[Tab, str, str]]:
    going = shown(going_on(desk, request.actor))
    tabs = [tab for tab in Tab if acts or tab != Tab.MINE]
    return [(tab, Asked(tab=tab).address(), going if tab == Tab.OPEN else "") for tab in tabs]


@require_GET
def record(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """One record: what is next, what is known, what it has been through."""
    seen = found(desk, request, pk)
    if seen.label == Label.INTEGRITY:
        note(f"{desk.name}.read", seen.key, request.actor, {}, seen.district_code)
    return show(request, desk, seen)


@require_POST
def step(request: HttpRequest, desk: Desk, pk: int, name: str) -> HttpResponse:
    """Take one step; refused, the same page comes back with the sentence and with what was typed."""
    seen, taken = found(desk, request, pk), desk.model.FLOW.step(name)
    given = typed(request.POST, taken.needs)
    try:
        if not confirmed(taken, request.POST):
            raise BadInput(*UNCONFIRMED)
        moved = advance(seen, name, request.actor, given, _version(request))
    except GuanjianError as problem:
        return show(request, desk, found(desk, request, pk), Tried(name, given, problem))
    messages.success(request, str(DONE.filled(step=taken.title, state=moved.state_label)))
    still = desk.model.objects.visible_to(request.actor).filter(pk=pk).first()
    if still is None:
        messages.info(request, str(GONE))
        return _go(request, reverse(f"{desk.name}:queue"))
    return show(request, desk, still) if request.htmx else _go(request, reverse(f"{desk.name}:record", args=[pk]))


def _version(request: HttpRequest) -> int:
    """The version that the person saw; a form without it is refused, so that nobody overwrites unseen work."""
    try:
        return int(request.POST.get("version", ""))
    except ValueError:
        raise BadInput("表单不完整，请刷新后重填。", "The form is incomplete: reload the page.") from None


def _go(request: HttpRequest, address: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def show(
    request: HttpRequest, desk: Desk, seen: Record, tried: Tried | None = None, written: Written | None = None
) -> HttpResponse:
    """The page of a record; with what was refused just now, a step or something written beside it."""
    rows = [(section.title, section.rows(seen, request.actor)) for section in desk.sections]
    moments = timeline(seen, request.actor)
    read_names((row.kind, row.value) for _, lines in rows for row in lines)
    context = {
        "desk": desk,
        "record": seen,
        "panel": panel(seen, request.actor, tried),
        "sections": [(title, _as_text(lines)) for title, lines in rows if lines],
        "moments": [(moment, _as_text(moment.rows)) for moment in moments],
        "related": related(desk, request, seen),
        "compartment": compartment(seen, request.actor),
        "talk": talk(seen, request.actor, written),
    }
    template, refused = "pages/parts/record.html" if request.htmx else "pages/record.html", tried or written
    return render(request, template, context, status=refused.problem.status if refused else 200)


def _as_text(rows: list) -> list[tuple]:
    return [(row.title, row.kind, written(row.kind, row.value)) for row in rows]


def related(desk: Desk, request: HttpRequest, seen: Record) -> list[tuple[Record, str]]:
    """The records beside this one that this person may see, each asked of its own loop again."""
    beside = desk.related(seen, request.actor) if desk.related else []
    shown_ones = [
        other for other in beside if type(other).objects.visible_to(request.actor).filter(pk=other.pk).exists()
    ]
    return [(other, reverse(f"{other.flow.name}:record", args=[other.pk])) for other in shown_ones]


@require_http_methods(["GET", "POST"])
def open_one(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form that begins a record by hand, for the posts that the flow names; for others there is no such page."""
    if not may_open(desk, request.actor):
        raise NotFound(*NO_SUCH)
    needs, problem, given = desk.model.FLOW.opening, None, {}
    if request.method == "POST":
        given = typed(request.POST, needs)
        try:
            opened = open_by_hand(desk, request.actor, {need.name: need.read(given[need.name]) for need in needs})
        except GuanjianError as refusal:
            problem = refusal
        else:
            return _to(request, desk, opened)
    context = {"desk": desk, "flow": desk.model.FLOW, "fields": fields(needs, given, "open"), "problem": problem}
    return render(request, "pages/open.html", context, status=problem.status if problem else 200)


def _to(request: HttpRequest, desk: Desk, opened: Record) -> HttpResponse:
    """To the record that was opened; whoever opens what only others may read comes back to the queue."""
    if desk.model.objects.visible_to(request.actor).filter(pk=opened.pk).exists():
        return HttpResponseRedirect(reverse(f"{desk.name}:record", args=[opened.pk]))
    messages.success(request, str(PASSED_ON))
    return HttpResponseRedirect(reverse(f"{desk.name}:queue"))


@require_GET
def proof(request: HttpRequest, desk: Desk, pk: int, entry: int) -> HttpResponse:
    """The inclusion proof of one entry of this record, as a file that is checked without this system."""
    seen = found(desk, request, pk)
    response = HttpResponse(proof_text(seen, entry), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{desk.name}-{pk}-{entry}.proof.json"'
    return response
