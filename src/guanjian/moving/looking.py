"""Who searches finds what he may see and nothing else: `visible_to` of each loop stands inside the query.

The newest first, those with every word in the title before the rest. The query reads from the newest backwards and stops
when a page is full; on SQLite the places of the person's posts are part of what the full-text table is asked for, so that
what lies elsewhere is passed over there. There is no count, and a page says no more than whether another one follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from guanjian.kernel.segments import Term, terms
from guanjian.moving.findable import reach
from guanjian.moving.record import Record
from guanjian.moving.sealed import Sealed
from guanjian.moving.word_table import TABLE, WORDS
from guanjian.org.actor import Actor, Holding
from guanjian.org.posts import UnitLevel

PLACE_OF = {
    UnitLevel.DISTRICT: ("district_code", "district_code"),
    UnitLevel.HOUSE: ("house_code", "house_code"),
    UnitLevel.SECTION: ("unit_code", "unit_code"),
}
Where = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Sought:
    """What is looked for: words, and what narrows it. `place` is a pair of a column of `Findable` and a unit's code."""

    words: str
    loop: str = ""
    state: str = ""
    closed: bool | None = None
    place: tuple[str, str] | None = None
    since: date | None = None
    until: date | None = None
    states: tuple[str, ...] = ()  # any of these


@dataclass(frozen=True)
class Hit:
    """One record found; `mark` is where the next page begins after it."""

    loop: str
    number: int
    mark: str


def models() -> dict[str, type[Record]]:
    """Every loop of which something may be found, by name."""
    known = [one for one in apps.get_models() if issubclass(one, Record) and not issubclass(one, Sealed)]
    return {one.FLOW.name: one for one in known}


def look(
    actor: Actor, sought: Sought, limit: int, after: tuple[int, int] = (0, 0), within: Sequence[QuerySet] = ()
) -> list[Hit]:
    """At most so many records that this person may see, best first; `after` is the mark of the last one seen.

    `within` are rows of the one loop that is sought, each begun with `visible_to`: then only what lies in one of them.
    """
    asked = terms(sought.words)
    seen = _any_of(within) if within else _seen(actor, sought.loop, connection.vendor)
    if not asked or not seen[0]:
        return []
    hits: list[Hit] = []
    for tier in range(after[0], 2):
        before = after[1] if tier == after[0] else 0
        matching = _in_words(actor, asked, sought, tier) if connection.vendor == "sqlite" else _in_vectors(asked, tier)
        hits += _read(matching, _narrowed(sought, before), seen, (tier, limit - len(hits)))
        if len(hits) >= limit:
            break
    return hits


def _read(matching: Where, narrowed: Where, seen: Where, wanted: tuple[int, int]) -> list[Hit]:
    (match, given), (narrow, more), (visible, whose), (tier, limit) = matching, narrowed, seen, wanted
    sql = f"SELECT f.id, f.loop, f.number FROM {match}{narrow} AND ({visible}) ORDER BY f.id DESC LIMIT {int(limit)}"
    if connection.vendor == "sqlite":
        sql = sql.replace("ORDER BY f.id", "ORDER BY w.rowid")  # the full-text table reads backwards by itself
    with connection.cursor() as cursor:
        cursor.execute(sql, (*given, *more, *whose))
        return [Hit(loop, number, f"{tier}.{pk}") for pk, loop, number in cursor.fetchall()]


@lru_cache(maxsize=256)
def _seen(actor: Actor, loop: str, _vendor: str) -> Where:
    """The condition under which a findable `f` is one that this person may see; empty when there can be none."""
    texts: list[str] = []
    params: list[Any] = []
    for name, model in models().items():
        if loop in ("", name):
            try:
                sql, values = _there(model.objects.visible_to(actor))
            except EmptyResultSet:
                continue
            texts.append(f"f.loop = %s AND {sql}")
            params += [name, *values]
    return " OR ".join(texts), tuple(params)


def _there(rows: QuerySet) -> Where:
    """That the record of `f` is one of these rows of its loop."""
    sql, values = rows.filter(pk=RawSQL("f.number", ())).order_by().values("pk").query.sql_with_params()
    return f"EXISTS ({sql})", tuple(values)


def _any_of(within: Sequence[QuerySet]) -> Where:
    pieces = []
    for rows in within:
        with suppress(EmptyResultSet):
            pieces.append(_there(rows))
    return " OR ".join(sql for sql, _ in pieces), tuple(value for _, values in pieces for value in values)


def _narrowed(sought: Sought, before: int) -> Where:
    column, code = sought.place or ("", "")
    wanted: list[tuple[str, Any]] = [
        ("f.id < %s", before or None),
        ("f.loop = %s", sought.loop or None),
        ("f.state = %s", sought.state or None),
        ("f.closed = %s", sought.closed),
        (f"f.{column} = %s", code or None),
        ("f.opened_on >= %s", sought.since),
        ("f.opened_on <= %s", sought.until),
    ]
    if connection.vendor == "sqlite" and before:
        wanted.append(("w.rowid < %s", before))
    used = [(text, value) for text, value in wanted if value is not None]
    return "".join(f" AND {text}" for text, _ in used), tuple(value for _, value in used)


def _in_words(actor: Actor, asked: Sequence[Term], sought: Sought, tier: int) -> Where:
    """SQLite: the full-text table leads, asked for the words and for the places that can be seen at all."""
    every = " AND ".join(_phrase(term) for term in asked)
    found = f"title : ({every})" if tier == 0 else f"words : ({every})"
    places = [f"reach : ({' AND '.join(f'"{word}"' for word in _reach(sought))})"] if _reach(sought) else []
    wide = [_of_loop(name) for name, model in models().items() if model.objects.all().beyond_posts]
    for any_of in (_of_states(sought), [*own, *wide] if (own := _own(actor.holdings)) else []):
        places += [f"reach : ({' OR '.join(f'"{word}"' for word in any_of)})"] if any_of else []
    text = " AND ".join([f"({found})", *(f"({place})" for place in places)])
    text = f"({text}) NOT (title : ({every}))" if tier else text
    return f"{WORDS} w CROSS JOIN {TABLE} f ON f.id = w.rowid WHERE {WORDS} MATCH %s", (text,)


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.pieces)}"{" *" if term.open else ""}'


def _reach(sought: Sought) -> list[str]:
    """What narrows the search, as words of `reach`."""
    column, code = sought.place or ("", "")
    loop, state, closed, place = reach(
        sought.loop, sought.state, bool(sought.closed), {column or "unit_code": code or "x"}
    )
    asked = ((loop, sought.loop), (state, sought.loop and sought.state), (place, code))
    return [word for word, given in asked if given] + ([closed] if sought.closed is not None else [])


def _of_loop(name: str) -> str:
    return reach(name, "", False, {})[0]


def _of_states(sought: Sought) -> list[str]:
    return [reach(sought.loop, state, False, {})[1] for state in sought.states]


def _own(holdings: Iterable[Holding]) -> list[str]:
    """The places of these posts as words of `reach`; none where one of them sees the country."""
    found: set[str] = set()
    for held in holdings:
        if held.level == UnitLevel.HQ:
            return []
        column, name = PLACE_OF[held.level]
        found.update(reach("", "", False, {column: getattr(held, name)})[3:])
    return sorted(found)


def _in_vectors(asked: Sequence[Term], tier: int) -> Where:
    """PostgreSQL: by the index of the titles, then by that of all words."""
    every = " & ".join(f"({_joined(term)})" for term in asked)
    title = "to_tsvector('simple', f.title) @@ to_tsquery('simple', %s)"
    words = title.replace("f.title", "f.words")
    match, given = (title, (every,)) if tier == 0 else (f"{words} AND NOT {title}", (every, every))
    return f"{TABLE} f WHERE {match}", given


def _joined(term: Term) -> str:
    return " <-> ".join(f"'{piece}'" for piece in term.pieces) + (":*" if term.open else "")


def marked(text: str, asked: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text, each with whether it is what was asked for."""
    patterns = [term.pattern for term in terms(asked)]
    spans = sorted(match.span() for pattern in patterns for match in pattern.finditer(text) if match.group())
    at = 0
    for begin, end in spans:
        if end > at:
            yield text[at : max(begin, at)], False
            yield text[max(begin, at) : end], True
            at = end
    yield text[at:], False
