"""What is due first across every loop: my turn, what waits for others, what was closed lately; for a leader, where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from guanjian.kernel.words import Text
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from guanjian.pages.bounded import Ordered, arms, counts, going, lists, shown, turns, waiting
from guanjian.pages.desk import DESKS, Desk
from guanjian.pages.queue import Asked, Tab, pieces_of
from guanjian.web.overview import overview

FIRST, FEW = 12, 6
COLUMNS = ("loop", "rank", "due_at", "pk")
SOON = timedelta(hours=24)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    found = read_lists(
        [
            Ordered("mine", _over(request.actor, Tab.MINE, FIRST), "2, 3, 4", FIRST),
            Ordered("others", _others(request.actor), "2, 3, 4", FEW),
            Ordered("closed", _over(request.actor, Tab.CLOSED, FEW), "4 DESC", FEW),
        ],
        request.actor,
    )
    context = {
        "mine": [(line, _next(line["record"], request.actor)) for line in found["mine"]],
        "others": found["others"],
        "closed": found["closed"],
        "tiles": _tiles(request),
        "overview": overview(request.actor),
        "administers": any(held.post.administers for held in request.actor.holdings),
    }
    return render(request, "web/home.html", context)


def _over(actor: Actor, tab: Tab, limit: int) -> Iterator[QuerySet]:
    for name, desk in DESKS.items():
        for piece in pieces_of(desk, actor, Asked(tab=tab)):
            yield marked(name, piece)[:limit]


def _others(actor: Actor) -> Iterator[QuerySet]:
    """Going on within reach, in a state in which none of this person's posts has a step."""
    for name, desk in DESKS.items():
        mine = {state for held in actor.holdings for state in turns(desk.model, held)}
        for _, seen in arms(desk.model, actor):
            for state in set(going(desk.model)) - mine:
                yield marked(name, seen.filter(state=state).order_by("rank", "due_at", "pk"))[:FEW]


def marked(name: str, rows: QuerySet) -> QuerySet:
    """The rows as tuples that say of which loop they are."""
    return rows.annotate(loop=Value(name)).values_list(*COLUMNS)


def read_lists(wanted: list[Ordered], actor: Actor) -> dict[str, list[dict]]:
    """The records of several lists: one query for their places, one for each loop that appears."""
    placed = lists(wanted)
    asked: dict[str, set[int]] = {}
    for rows in placed.values():
        for loop, _, _, pk in rows:
            asked.setdefault(loop, set()).add(pk)
    read = {loop: _read(DESKS[loop], actor, ids) for loop, ids in asked.items()}
    return {
        name: [_line(DESKS[loop], read[loop][pk]) for loop, _, _, pk in rows if pk in read[loop]]
        for name, rows in placed.items()
    }


def _read(desk: Desk, actor: Actor, ids: set[int]) -> dict[int, Record]:
    return desk.model.objects.visible_to(actor).in_bulk(list(ids))


def _line(desk: Desk, record: Record) -> dict:
    return {
        "record": record,
        "loop": desk.model.FLOW.title,
        "address": reverse(f"{desk.name}:record", args=[record.pk]),
        "why": desk.why(record) if desk.why else None,
    }


def _next(record: Record, actor: Actor) -> Text | None:
    steps = record.flow.next_steps(actor, record)
    return min(steps, key=lambda step: step.weight != "main").title if steps else None


def _tiles(request: HttpRequest) -> list[tuple[Text, str, str]]:
    """How much waits, how much of it is late, how much will be late within a day."""
    now = timezone.now()
    mine = [piece for desk in DESKS.values() for piece in _turns(desk, request.actor)]
    if not mine:
        return []
    found = counts(
        [
            ("all", mine),
            ("late", [rows.filter(due_at__lt=now) for rows in mine]),
            ("soon", [rows.filter(due_at__gte=now, due_at__lt=now + SOON) for rows in mine]),
        ]
    )
    return [
        (Text("待我办理", "My turn"), shown(found["all"]), ""),
        (Text("其中逾期", "Overdue"), shown(found["late"]), "red" if found["late"] else ""),
        (Text("24小时内到期", "Due within 24 hours"), shown(found["soon"]), "yellow" if found["soon"] else ""),
    ]


def _turns(desk: Desk, actor: Actor) -> Iterator[QuerySet]:
    for held, rows in arms(desk.model, actor):
        if turns(desk.model, held):
            yield waiting(rows, held, actor)
