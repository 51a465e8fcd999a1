"""Reading a long table a little at a time: rows in the order of an index, counts that stop at a thousand.

A queue is asked for as several arms, each with equality on the columns of one index (territory, state) and the order of
that index, and the arms are laid together by the database: no sort and no count ever walks the whole table. One `OR`
over territories would read every row that matches before the first could be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from guanjian.kernel.flow import Step
from guanjian.moving.record import Record
from guanjian.org.actor import Actor, Holding
from guanjian.org.posts import Label, Post, UnitLevel

COUNTED = 1000
PLACES = {
    UnitLevel.HQ: (),
    UnitLevel.DISTRICT: ("district_code",),
    UnitLevel.HOUSE: ("house_code",),
    UnitLevel.SECTION: ("house_code", "unit_code"),
}


def alone(actor: Actor, held: Holding) -> Actor:
    """The same person with this one post."""
    return Actor(actor.person_id, actor.name, (held,))


def arms(model: type[Record], actor: Actor) -> Iterator[tuple[Holding | None, QuerySet]]:
    """Per post that reads this loop: the visible rows, said so that an index serves them; last, what is seen by no post.

    The filter that follows `visible_to` only repeats a part of it as plain equality; it can never show more.
    """
    for held in dict.fromkeys(actor.holdings):
        if held.post not in model.FLOW.posts:
            continue
        seen = model.objects.visible_to(alone(actor, held))
        yield held, seen.exclude(label=Label.INTEGRITY).filter(**_place(held))
        if held.post == Post.OVERSIGHT:
            yield held, seen.filter(label=Label.INTEGRITY, compartment=held.unit_code)
    yield None, model.objects.visible_to(Actor(actor.person_id, actor.name))


def _place(held: Holding) -> dict[str, str]:
    known = {"district_code": held.district_code, "house_code": held.house_code, "unit_code": held.unit_code}
    return {column: known[column] for column in PLACES[held.level]}


def turns(model: type[Record], held: Holding | None) -> list[str]:
    """The states in which a record waits for this post, or (without a post) for the person whom it is about."""
    steps = [step for step in model.FLOW.steps if (step.heard if held is None else held.post in step.by)]
    return sorted({str(state) for step in steps for state in step.source})


def waiting(rows: QuerySet, held: Holding | None, actor: Actor) -> QuerySet:
    """Of these rows, those that wait for this post, without those that must pass through other hands than this person's."""
    model = rows.model
    waiting_rows = rows.filter(state__in=turns(model, held))
    for state in turns(model, held):
        steps = [step for step in model.FLOW.steps if state in step.source and held and held.post in step.by]
        if steps and all(step.apart_from for step in steps):
            waiting_rows = waiting_rows.exclude(_barred(steps, actor), state=state)
    return waiting_rows


def _barred(steps: Sequence[Step], actor: Actor) -> Q:
    """True of a record in which every one of these steps is for other hands than this person's."""
    every = Q()
    for step in steps:
        mine = Q()
        for earlier in step.apart_from:
            mine |= Q(**{f"hands__{earlier}": actor.person_id})
        every &= mine
    return every


def going(model: type[Record]) -> list[str]:
    """The states that do not end the loop."""
    return [str(state) for state in model.FLOW.states if state not in model.FLOW.ends]


@dataclass(frozen=True)
class Laid:
    """One query that lays arms together: its rows are tuples of the asked columns."""

    sql: str
    params: tuple[Any, ...]

    def rows(self) -> list[tuple]:
        """What the database answers."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.params)
            return cursor.fetchall()


def together(pieces: Iterable[QuerySet], order: str, limit: int) -> list[tuple]:
    """The first rows of all pieces in one order; each piece is sliced and ordered alike, rows twice are one."""
    return lists([Ordered("", pieces, order, limit)])[""]


@dataclass(frozen=True)
class Ordered:
    """Pieces of one list, the order of it by column numbers, and how many rows of it are wanted."""

    name: str
    pieces: Iterable[QuerySet]
    order: str
    limit: int

    def laid(self) -> Laid | None:
        """The query of this list; None when nothing can be in it."""
        texts, params = [], []
        for piece in self.pieces:
            with suppress(EmptyResultSet):
                sql, values = piece.query.sql_with_params()
                texts.append(f"SELECT * FROM ({sql}) AS a{len(texts)}")
                params += values
        if not texts:
            return None
        return Laid(f"{' UNION '.join(texts)} ORDER BY {self.order} LIMIT {int(self.limit)}", tuple(params))


def lists(wanted: Sequence[Ordered]) -> dict[str, list[tuple]]:
    """Several lists in one query, each in its own order."""
    laid = [(one, query) for one in wanted if (query := one.laid())]
    texts = [f"SELECT %s AS list, l{n}.* FROM ({query.sql}) AS l{n}" for n, (_, query) in enumerate(laid)]
    params = [value for one, query in laid for value in (one.name, *query.params)]
    found: dict[str, list[tuple]] = {one.name: [] for one in wanted}
    for name, *row in Laid(" UNION ALL ".join(texts), tuple(params)).rows() if texts else ():
        found[name].append(tuple(row))
    return found


def counts(groups: Sequence[tuple[str, Iterable[QuerySet]]]) -> dict[str, int]:
    """How many rows each group of arms has, at most `COUNTED` + 1 each, in one query; a row of two arms counts once."""
    texts, params = [], []
    for name, pieces in groups:
        if counted := list(_counted(pieces)):
            arms_sql = " UNION ".join(f"SELECT * FROM ({sql}) AS a{n}" for n, (sql, _) in enumerate(counted))
            texts.append(f"SELECT %s AS name, COUNT(*) FROM ({arms_sql}) AS g{len(texts)}")
            params += [name, *(value for _, values in counted for value in values)]
    found = dict(Laid(" UNION ALL ".join(texts), tuple(params)).rows()) if texts else {}
    return {name: min(found.get(name, 0), COUNTED + 1) for name, _ in groups}


def _counted(pieces: Iterable[QuerySet]) -> Iterator[tuple[str, tuple]]:
    for piece in pieces:
        with suppress(EmptyResultSet):
            yield piece.order_by().values_list("pk")[: COUNTED + 1].query.sql_with_params()


def shown(count: int) -> str:
    """A bounded count as it is written: 12, or 1,000+."""
    return f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
