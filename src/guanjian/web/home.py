"""What is due first across every loop: my turn, what waits for others, what was closed lately; for a leader, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.db.models import Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from guanjian.kernel.words import Text
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from guanjian.pages.bounded import arms, going, waiting
from guanjian.pages.desk import DESKS, Desk
from guanjian.pages.laid import Counts, Lists, Ordered, shown
from guanjian.pages.panel import next_step
from guanjian.pages.queue import Asked, Tab, pieces_of, when
from guanjian.pages.stand_in import NOW, SOON, Kind, kind_of, told
from guanjian.pages.turn import is_duty, turns
from guanjian.teamwork import assigning
from guanjian.web.overview import overview

FIRST, FEW = 12, 6
GROUPS = (("today", Text("今天须办", "To be done today")), ("later", Text("之后办理", "After that")))


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    kind, desks = kind_of(request.actor), tuple(DESKS.values())
    found = read_lists(_first(kind, desks), request.actor)
    turns_now = {name: [_turn(line, request.actor) for line in found[name]] for name in ("today", "later", "may")}
    mine = [line for name, _ in GROUPS for line in turns_now[name] if line["duty"]]
    context = {
        "given": {f"{loop}/{number}" for loop, number in assigning.mine(request.actor)},
        "start": mine[0] if mine else None,
        "groups": [(title, [line for line in turns_now[name] if line in mine[1:]]) for name, title in GROUPS],
        "may": _once(line for lines in turns_now.values() for line in lines if line["next"] and not line["duty"]),
        "others": ([line for name, _ in GROUPS for line in turns_now[name] if not line["next"]] + found["others"])[
            :FEW
        ],
        "closed": found["closed"],
        "tiles": _tiles(_numbers(kind, desks), request.actor),
        "overview": overview(request.actor),
        "administers": any(held.post.administers for held in request.actor.holdings),
    }
    return render(request, "web/home.html", context)


@lru_cache(maxsize=128)
def _first(kind: Kind, desks: tuple[Desk, ...]) -> Lists:
    actor, today, later = kind.actor, Q(due_at__lt=SOON), Q(due_at__gte=SOON) | Q(due_at=None)
    return Lists.of(
        Ordered(
            "today", (rows.order_by("due_at", "pk")[:FIRST] for rows in _mine(actor, desks, today)), "3, 2, 4", FIRST
        ),
        Ordered("later", (rows[:FIRST] for rows in _mine(actor, desks, later)), "2, 3, 4", FIRST),
        Ordered("may", _rights(actor, desks), "2, 3, 4", FIRST),
        Ordered("others", _others(actor, desks), "2, 3, 4", FEW),
        Ordered("closed", (rows[:FEW] for rows in _over(actor, desks, Tab.CLOSED)), "3 DESC, 4 DESC", FEW),
    )


def _mine(actor: Actor, desks: tuple[Desk, ...], when: Q) -> Iterator[QuerySet]:
    return (rows.filter(when) for rows in _over(actor, desks, Tab.MINE))


def _over(actor: Actor, desks: tuple[Desk, ...], tab: Tab) -> Iterator[QuerySet]:
    for desk in desks:
        for piece in pieces_of(desk, actor, Asked(tab=tab)):
            yield marked(desk.name, piece, when(tab))


def _turn(line: dict, actor: Actor) -> dict:
    """The line with what this person may do next, and whether that is for him to do: a right beside it is no duty."""
    step = next_step(line["record"], actor)
    record = line["record"]
    duty = step is not None and is_duty(step, record.flow, record.state)
    return {**line, "next": step.title if step else None, "duty": duty}


def _rights(actor: Actor, desks: tuple[Desk, ...]) -> Iterator[QuerySet]:
    """In which this person may act beside somebody else's duty."""
    for desk in desks:
        for arm in arms(desk.model, actor):
            for states in arm.parts(turns(desk.model.FLOW, arm.held, duty=False)):
                found = waiting(arm, actor, states, duty=False)
                yield marked(desk.name, found.order_by("rank", "due_at", "pk"))[:FIRST]


def _once(lines: Iterable[dict]) -> list[dict]:
    """Each record once, the first so many."""
    return list({line["address"]: line for line in lines}.values())[:FIRST]


def _others(actor: Actor, desks: tuple[Desk, ...]) -> Iterator[QuerySet]:
    """Going on within reach, in a state in which none of this person's posts has a step."""
    for desk in desks:
        flow, kinds = desk.model.FLOW, (True, False)
        mine = {state for held in actor.holdings for duty in kinds for state in turns(flow, held, duty)}
        for arm in arms(desk.model, actor):
            for states in arm.parts(sorted(set(going(desk.model)) - mine)):
                yield marked(desk.name, arm.rows.filter(state__in=states).order_by("rank", "due_at", "pk"))[:FEW]


def marked(name: str, rows: QuerySet, at: str = "due_at") -> QuerySet:
    """The rows as tuples that say of which loop they are."""
    return rows.annotate(loop=Value(name)).values_list("loop", "rank", at, "pk")


def read_lists(wanted: Lists, actor: Actor) -> dict[str, list[dict]]:
    """The records of several lists: one query for their places, one for each loop that appears."""
    placed = wanted.read(told(actor))
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


@lru_cache(maxsize=128)
def _numbers(kind: Kind, desks: tuple[Desk, ...]) -> Counts:
    mine = [piece for desk in desks for piece in _turns(desk, kind.actor)]
    return Counts.of(
        ("all", mine),
        ("late", [rows.filter(due_at__lt=NOW) for rows in mine]),
        ("soon", [rows.filter(due_at__gte=NOW, due_at__lt=SOON) for rows in mine]),
    )


def _tiles(numbers: Counts, actor: Actor) -> list[tuple[Text, str, str]]:
    """How much waits, how much of it is late, how much will be late within a day; nothing for who has no step at all."""
    if numbers.query is None:
        return []
    found = numbers.read(told(actor))
    return [
        (Text("待我办理", "My turn"), shown(found["all"]), ""),
        (Text("其中逾期", "Overdue"), shown(found["late"]), "red" if found["late"] else ""),
        (Text("24小时内到期", "Due within 24 hours"), shown(found["soon"]), "yellow" if found["soon"] else ""),
    ]


def _turns(desk: Desk, actor: Actor) -> Iterator[QuerySet]:
    """Each row says of which loop it is, so that the same number in two loops is two."""
    for arm in arms(desk.model, actor):
        if turns(desk.model.FLOW, arm.held):
            yield waiting(arm, actor).annotate(loop=Value(desk.name)).values_list("loop", "pk")
