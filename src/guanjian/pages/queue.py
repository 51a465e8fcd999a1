"""One page of a loop's queue: what is asked of it, and the rows in the order in which they should be worked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.kernel.papers import Level
from guanjian.kernel.words import Names
from guanjian.moving.record import Record
from guanjian.org.actor import Actor, Holding
from guanjian.org.posts import UnitLevel
from guanjian.pages import names
from guanjian.pages.bounded import arms, going, waiting
from guanjian.pages.desk import Desk
from guanjian.pages.laid import Counts, Lists, Ordered
from guanjian.pages.seeking import Within, seek
from guanjian.pages.stand_in import NOW, Kind, kind_of, told
from guanjian.pages.turn import turns

PAGE = 25
SEARCHED = 5000  # of a sealed loop, which the index of search does not hold, the first so many of each state are read
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
COLUMN_OF = {
    UnitLevel.DISTRICT: "district_code",
    UnitLevel.HOUSE: "house_code",
    UnitLevel.SECTION: "unit_code",
}


class Tab(Names):
    """The three views of a queue."""

    MINE = "mine", "待我办理", "My turn"
    OPEN = "open", "在办", "In progress"
    CLOSED = "closed", "已办结", "Closed"


@dataclass(frozen=True)
class Asked:
    """What the address of the page asks for."""

    tab: Tab = Tab.MINE
    state: str = ""
    level: str = ""
    unit: str = ""
    overdue: bool = False
    text: str = ""
    after: str = ""

    @classmethod
    def read(cls, given: QueryDict, first: Tab) -> Asked:
        """From the query of an address; what is not known there is left out."""
        tab = given.get("tab", "")
        return cls(
            Tab(tab) if tab in set(Tab) else first,
            given.get("state", ""),
            given.get("level", "") if given.get("level") in set(Level) else "",
            given.get("unit", ""),
            given.get("overdue") == "1",
            given.get("q", "").strip()[:80],
            given.get("after", ""),
        )

    @property
    def narrowed(self) -> bool:
        """True when something is filtered out."""
        return bool(self.state or self.level or self.unit or self.overdue or self.text)

    def address(self, **changes: Any) -> str:
        """The query that asks for this with changes; a change starts at the first page unless it says `after`."""
        other = replace(self, **{"after": "", **changes})
        pairs = {"tab": other.tab, "state": other.state, "level": other.level, "unit": other.unit, "q": other.text}
        pairs |= {"overdue": "1" if other.overdue else "", "after": other.after}
        return "?" + urlencode({name: value for name, value in pairs.items() if value})


def page(desk: Desk, actor: Actor, asked: Asked) -> tuple[list[Record], str]:
    """The rows of this page in order, and where the next page begins (empty on the last)."""
    if asked.text and not desk.sealed:
        lines = seek(desk, actor, _within(desk, actor, asked), (asked.text, asked.after), PAGE + 1)
        rows = desk.model.objects.visible_to(actor).in_bulk([number for number, _ in lines[:PAGE]])
        ordered = [rows[number] for number, _ in lines[:PAGE] if number in rows]
        return ordered, lines[PAGE - 1][1] if len(lines) > PAGE else ""
    found = [row[2] for row in _laid(desk, kind_of(actor), asked, _place(asked)).read(told(actor))["page"]]
    rows = desk.model.objects.visible_to(actor).in_bulk(found[:PAGE])
    ordered = [rows[pk] for pk in found[:PAGE] if pk in rows]
    return ordered, _mark(ordered[-1]) if len(found) > PAGE and ordered else ""


def numbers(desk: Desk, actor: Actor, asked: Asked, limit: int) -> list[int]:
    """The records of all pages in their order, at most so many."""
    if asked.text and not desk.sealed:
        lines = seek(desk, actor, _within(desk, actor, asked), (asked.text, ""), limit)
        return [number for number, _ in lines][:limit]
    pieces = (
        rows.values_list("rank", when(asked.tab), "pk")[:limit] for rows in pieces_of(desk, actor, asked, _place(asked))
    )
    wanted = Ordered("all", pieces, _order(asked), limit)
    return [row[2] for row in Lists.of(wanted).read(told(actor))["all"]]


def when(tab: Tab) -> str:
    """The column of the moment by which a tab is ordered."""
    return "closed_at" if tab == Tab.CLOSED else "due_at"


def _order(asked: Asked) -> str:
    return "2 DESC, 3 DESC" if asked.tab == Tab.CLOSED else "1, 2, 3"


@lru_cache(maxsize=1024)
def _laid(desk: Desk, kind: Kind, asked: Asked, place: names.Place | None) -> Lists:
    pieces = pieces_of(desk, kind.actor, asked, place)
    rows = (piece.values_list("rank", when(asked.tab), "pk")[: PAGE + 1] for piece in pieces)
    return Lists.of(Ordered("page", rows, _order(asked), PAGE + 1))


def going_on(desk: Desk, actor: Actor) -> int:
    """How much is going on within reach: the number on its tab. (What waits for this person the menu has counted.)"""
    return _going_on(desk, kind_of(actor)).read(told(actor))[Tab.OPEN]


@lru_cache(maxsize=1024)
def _going_on(desk: Desk, kind: Kind) -> Counts:
    seen = arms(desk.model, kind.actor)
    return Counts.of((Tab.OPEN, [arm.rows.filter(state__in=going(desk.model)) for arm in seen]))


def pieces_of(desk: Desk, actor: Actor, asked: Asked, place: names.Place | None = None) -> Iterator[QuerySet]:
    """The rows asked for as arms, each in the order of its index; what is late is late on `NOW`."""
    for arm in arms(desk.model, actor):
        for states in arm.parts(_states(desk, arm.held, asked)):
            mine = waiting(arm, actor, states) if asked.tab == Tab.MINE else arm.rows.filter(state__in=states)
            rows = _narrowed(mine, asked, place, NOW)
            yield _ended(desk, rows, asked, arm.narrow) if asked.tab == Tab.CLOSED else _running(desk, rows, asked)


def _states(desk: Desk, held: Holding | None, asked: Asked) -> list[str]:
    """The states of this tab, or of them the one that is asked for."""
    match asked.tab:
        case Tab.MINE:
            every = turns(desk.model.FLOW, held)
        case Tab.CLOSED:
            every = [str(end) for end in desk.model.FLOW.ends]
        case _:
            every = going(desk.model)
    return [state for state in every if asked.state in ("", state)]


def _place(asked: Asked) -> names.Place | None:
    return names.place(asked.unit) if asked.unit else None


def _within(desk: Desk, actor: Actor, asked: Asked) -> Within:
    """The rows among which words are looked for: those that the queue would show without them."""
    model, place, found = desk.model, _place(asked), []
    if asked.tab == Tab.MINE:
        states: set[str] = set()
        for arm in arms(model, actor):
            if own := _states(desk, arm.held, asked):
                found.append(waiting(arm, actor, own))
                states.update(own)
    else:
        states = set(_states(desk, None, asked))
        found = [model.objects.visible_to(actor).filter(state__in=sorted(states))]
    narrowed = [_narrowed(rows, asked, place, timezone.now()) for rows in found] or [model.objects.none()]
    column = (COLUMN_OF.get(place.level, "unit_code"), place.code) if place else None
    return Within(narrowed, tuple(sorted(states)), column)


def _running(desk: Desk, rows: QuerySet, asked: Asked) -> QuerySet:
    ordered = rows.order_by("rank", "due_at", "pk")
    if asked.after:
        rank, due, pk = _read_mark(asked.after)
        later = Q(rank__gt=rank) | Q(rank=rank, due_at__gt=due) | Q(rank=rank, due_at=due, pk__gt=pk)
        ordered = ordered.filter(later, rank__gte=rank)
    return _with_text(desk, ordered, asked)


def _ended(desk: Desk, rows: QuerySet, asked: Asked, narrow: bool) -> QuerySet:
    """What was closed last first. Few rows are found first and ordered then: the index of the order is not offered."""
    ordered = (rows if narrow else rows.filter(closed_at__isnull=False)).order_by("-closed_at", "-pk")
    if asked.after:
        _, at, pk = _read_mark(asked.after)
        ordered = ordered.filter(Q(closed_at__lt=at) | Q(closed_at=at, pk__lt=pk), closed_at__lte=at)
    return _with_text(desk, ordered, asked)


def _narrowed(rows: QuerySet, asked: Asked, place: names.Place | None, now: datetime) -> QuerySet:
    if asked.level:
        rows = rows.filter(rank=Level(asked.level).rank)
    if asked.overdue:
        rows = rows.filter(due_at__lt=now)
    if asked.unit:
        rows = rows.filter(**{COLUMN_OF.get(place.level, "unit_code"): place.code}) if place else rows.none()
    return rows


def _with_text(desk: Desk, rows: QuerySet, asked: Asked) -> QuerySet:
    return matching(desk, rows, asked.text) if asked.text else rows


def matching(desk: Desk, rows: QuerySet, text: str) -> QuerySet:
    """Of the first `SEARCHED` of these rows, those that hold the text or bear it as their number."""
    wanted = Q()
    for name in desk.search_fields:
        wanted |= Q(**{f"{name}__icontains": text})
    number = text.rpartition("/")[2].lstrip("#")
    if number.isascii() and number.isdecimal() and len(number) < 16:
        wanted |= Q(pk=int(number))
    first = desk.model.objects.filter(pk__in=rows.values("pk")[:SEARCHED]).filter(wanted)
    return first.order_by(*rows.query.order_by)


def _mark(record: Record) -> str:
    """Where a page ends: the level, the limit (of what is closed its end) and the number of its last row."""
    at = record.closed_at or record.due_at or EPOCH
    micros = round((at - EPOCH).total_seconds() * 1_000_000)
    return f"{record.rank}.{micros}.{record.pk}"


def _read_mark(mark: str) -> tuple[int, datetime, int]:
    try:
        rank, micros, pk = (int(part) for part in mark.split("."))
        return rank, datetime.fromtimestamp(micros / 1_000_000, UTC), pk
    except (ValueError, OverflowError, OSError):
        raise BadInput("页码有误，请回到第一页。", "The page mark is wrong; go back to the first page.") from None
