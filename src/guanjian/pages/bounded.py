"""Reading a long table a little at a time: rows in the order of an index, counts that stop at a thousand.

A queue is asked for as several arms, each with equality on the columns of one index (territory, state) and the order of
that index, and the arms are laid together by the database: no sort and no count ever walks the whole table. One `OR`
over territories would read every row that matches before the first could be shown. Building the text of such a query
costs more than running it: who asks keeps the text (`Lists`, `Counts`) per actor for a minute, never the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import time
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from guanjian.kernel.flow import FOR, Step, is_bureau
from guanjian.moving.record import Record
from guanjian.org.actor import Actor, Holding
from guanjian.org.posts import Label, Post, UnitLevel
from guanjian.pages.turn import steps_of, turns

COUNTED = 1000
Minute = tuple[int, str]
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


def waiting(rows: QuerySet, held: Holding | None, actor: Actor, state: str = "", *, duty: bool = True) -> QuerySet:
    """Of these rows, those with something to do for this post, without those that must pass through other hands than this
    person's; or (`duty=False`) those in which it may act beside somebody else's duty.

    In one state, or in all in which this post has such a step.
    """
    flow = rows.model.FLOW
    states = [state] if state else turns(flow, held, duty)
    found = rows.filter(state=state) if state else rows.filter(state__in=states)
    for one in states:
        steps = steps_of(held, flow, one, duty) if held else []
        if steps and all(step.apart_from or step.whose or step.own or step.side for step in steps):
            found = found.exclude(_barred(steps, actor, held), state=one)
    return found


def _barred(steps: Sequence[Step], actor: Actor, held: Holding) -> Q:
    """True of a record in which every one of these steps is for other hands, another post or side than this person's.

    Whoever stands in for somebody is bound by both their hands, whichever of them acted for the other.
    A hand that is not there yet is asked for first: NULL would hide the record from everybody.
    """
    every, bound = Q(), {actor.person_id, held.acting_for} - {""}
    for step in steps:
        mine = Q()
        for earlier in step.apart_from:
            for hand in (earlier, f"{earlier}{FOR}"):
                mine |= Q(**{"hands__has_key": hand, f"hands__{hand}__in": sorted(bound)})
        if step.own:
            mine |= ~Q(unit_code=held.unit_code)
        if step.whose:
            mine |= ~Q(**{step.whose: held.post})
        if step.side:
            police = Q(**{f"{step.side}_unit_code__regex": "^..P"})
            mine |= ~police if is_bureau(held.unit_code) else police
        if step.side and _place(held):
            mine |= ~Q(**{f"{step.side}_{column}": code for column, code in _place(held).items()})
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


@dataclass(frozen=True)
class Ordered:
    """Pieces of one list, the order of it by column numbers, and how many rows of it are wanted.

    Each piece is sliced and ordered alike; a row that two pieces give is one row.
    """

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


@dataclass(frozen=True)
class Lists:
    """Several lists in one query, each in its own order."""

    names: tuple[str, ...]
    query: Laid | None

    @classmethod
    def of(cls, *wanted: Ordered) -> Lists:
        """Lay the lists together."""
        laid = [(one, query) for one in wanted if (query := one.laid())]
        texts = [f"SELECT %s AS list, l{n}.* FROM ({query.sql}) AS l{n}" for n, (_, query) in enumerate(laid)]
        params = [value for one, query in laid for value in (one.name, *query.params)]
        return cls(tuple(one.name for one in wanted), Laid(" UNION ALL ".join(texts), tuple(params)) if texts else None)

    def read(self) -> dict[str, list[tuple]]:
        """The rows of each list."""
        found: dict[str, list[tuple]] = {name: [] for name in self.names}
        for name, *row in self.query.rows() if self.query else ():
            found[name].append(tuple(row))
        return found


@dataclass(frozen=True)
class Counts:
    """How many rows each group of arms has, at most `COUNTED` + 1 each, in one query; a row of two arms counts once."""

    names: tuple[str, ...]
    query: Laid | None

    @classmethod
    def of(cls, *groups: tuple[str, Iterable[QuerySet]]) -> Counts:
        """Lay the counts together."""
        texts, params = [], []
        for name, pieces in groups:
            if counted := list(_counted(pieces)):
                arms_sql = " UNION ".join(f"SELECT * FROM ({sql}) AS a{n}" for n, (sql, _) in enumerate(counted))
                texts.append(f"SELECT %s AS name, COUNT(*) FROM ({arms_sql}) AS g{len(texts)}")
                params += [name, *(value for _, values in counted for value in values)]
        query = Laid(" UNION ALL ".join(texts), tuple(params)) if texts else None
        return cls(tuple(name for name, _ in groups), query)

    def read(self) -> dict[str, int]:
        """The counts by name."""
        found = dict(self.query.rows()) if self.query else {}
        return {name: min(found.get(name, 0), COUNTED + 1) for name in self.names}


def this_minute() -> Minute:
    """What a kept text of a query is asked with: it is built anew each minute, and for each kind of database."""
    return int(time() // 60), connection.vendor


def _counted(pieces: Iterable[QuerySet]) -> Iterator[tuple[str, tuple]]:
    for piece in pieces:
        with suppress(EmptyResultSet):
            rows = piece if piece.query.values_select else piece.values_list("pk")  # of several loops: the loop too
            yield rows.order_by()[: COUNTED + 1].query.sql_with_params()


def shown(count: int) -> str:
    """A bounded count as it is written: 12, or 1,000+."""
    return f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
