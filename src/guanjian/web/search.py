"""Finding a record of any loop by its words: what one may not see is not found, not counted and not hinted at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from guanjian.kernel.errors import BadInput, GuanjianError
from guanjian.kernel.segments import terms
from guanjian.moving.findable import beside, told
from guanjian.moving.looking import Hit, Sought, look, marked
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from guanjian.pages import names
from guanjian.pages.desk import DESKS, Desk
from guanjian.pages.queue import COLUMN_OF
from guanjian.pages.seeking import read_mark

PAGE = 20
AROUND = 36  # characters told before the first word found, twice as many after it
CLOSED = {"open": False, "closed": True}
WRONG_DAY = ("日期应写作 2026-11-21。", "Write a day as 2026-11-21.")
WRONG_ORDER = ("起始日期晚于截止日期，请改正。", "The first day is after the last: correct them.")


@dataclass(frozen=True)
class Asked:
    """What the address of the page asks for."""

    sought: Sought
    unit: str
    after: tuple[int, int]
    given: tuple[tuple[str, str], ...]

    def address(self, after: str = "") -> str:
        """The query that asks for the same, from this mark on."""
        pairs = [(name, value) for name, value in self.given if value and name != "after"]
        return "?" + urlencode([*pairs, *([("after", after)] if after else [])])

    @property
    def narrowed(self) -> bool:
        """True when more than words is asked for."""
        return any(value for name, value in self.given if name not in ("q", "after"))


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """The page: words, what narrows them, and what was found, best first."""
    problem, lines, asked, following = None, [], None, ""
    try:
        asked = _read(request.GET)
        hits = look(request.actor, asked.sought, PAGE + 1, asked.after)
        lines = _lines(hits[:PAGE], request.actor, asked.sought.words)
        following = asked.address(hits[PAGE - 1].mark) if len(hits) > PAGE else ""
    except GuanjianError as refusal:
        problem = refusal
    desk = _desk(request)
    context = {
        "sought": request.GET.get("q", "").strip()[:80],
        "given": request.GET,
        "desks": _desks(request.actor),
        "states": list(desk.model.FLOW.states) if desk else [],
        "units": names.places_of(request.actor),
        "lines": lines,
        "asked": asked,
        "next": following,
        "first": asked.address() if asked else "",
        "says": asked is not None and bool(terms(asked.sought.words)),
        "problem": problem,
    }
    return render(request, "web/search.html", context, status=problem.status if problem else 200)


def _desks(actor: Actor) -> list[Desk]:
    """The loops of which this person's posts may find something."""
    posts = {held.post for held in actor.holdings}
    return [one for one in DESKS.values() if posts & one.model.FLOW.posts and not one.sealed]


def _desk(request: HttpRequest) -> Desk | None:
    wanted = request.GET.get("loop", "")
    return next((one for one in _desks(request.actor) if one.name == wanted), None)


def _read(given: QueryDict) -> Asked:
    """What is not known is left out; what cannot be read is refused with a sentence."""
    loop = given.get("loop", "") if given.get("loop", "") in DESKS else ""
    states = set(DESKS[loop].model.FLOW.states) if loop else set()
    state = given.get("state", "") if given.get("state", "") in states else ""
    since, until = _day(given.get("since", "")), _day(given.get("until", ""))
    if since and until and since > until:
        raise BadInput(*WRONG_ORDER)
    where = names.place(given.get("unit", "")) if given.get("unit") else None
    place = (COLUMN_OF.get(where.level, "unit_code"), where.code) if where else None
    words = given.get("q", "").strip()[:80]
    sought = Sought(words, loop, state, CLOSED.get(given.get("stage", "")), place, since, until)
    return Asked(sought, where.code if where else "", read_mark(given.get("after", "")), tuple(given.items()))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(*WRONG_DAY) from None


def _lines(hits: list[Hit], actor: Actor, words: str) -> list[dict[str, Any]]:
    """Each record is read once more as its loop shows it to this person."""
    asked: dict[str, list[int]] = {}
    for hit in hits:
        asked.setdefault(hit.loop, []).append(hit.number)
    read = {name: DESKS[name].model.objects.visible_to(actor).in_bulk(ids) for name, ids in asked.items()}
    records = [read[hit.loop][hit.number] for hit in hits if hit.number in read[hit.loop]]
    more = beside([(record.flow.name, record.pk) for record in records])
    return [_line(record, [*told(record), *more.get((record.flow.name, record.pk), ())], words) for record in records]


def _line(record: Record, texts: list[str], words: str) -> dict[str, Any]:
    return {
        "record": record,
        "loop": record.flow.title,
        "address": reverse(f"{record.flow.name}:record", args=[record.pk]),
        "title": _shown(record.title, words),
        "said": _said(texts, words),
    }


def _said(texts: list[str], words: str) -> SafeString | None:
    """The part of the first text beside the title in which a word stands: of the record itself, then of its comments."""
    for text in texts:
        before = 0
        for part, found in marked(text, words):
            if found:
                begin, end = max(0, before - AROUND), before + 2 * AROUND
                signs = "…" if begin else "", "…" if end < len(text) else ""
                return _shown(f"{signs[0]}{text[begin:end]}{signs[1]}", words)
            before += len(part)
    return None


def _shown(text: str, words: str) -> SafeString:
    parts = ((format_html("<mark>{}</mark>", part) if found else part,) for part, found in marked(text, words))
    return format_html_join("", "{}", parts)
