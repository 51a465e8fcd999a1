"""Several lists or counts in one query, its text kept for everybody with such posts (`stand_in`).

Each piece is the first rows of one index; the database lays them together. A value that returns a thousand times is one
parameter: SQLite compares every constant of a query with all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from guanjian.pages.stand_in import Told, filled

COUNTED = 1000
PLACE = re.compile(r"(?<!%)%s")
NOTHING: Mapping[Any, Any] = {}


Piece = tuple[str, Sequence[Any]]


@dataclass(frozen=True)
class Laid:
    """One query that lays arms together: its rows are tuples of the asked columns."""

    sql: str
    params: tuple[Any, ...]

    @classmethod
    def of(cls, piece: Piece) -> Laid:
        """From a text with a place for each value to one with a number for each different value."""
        (sql, values), numbers = piece, {}
        places = iter(values)

        def number(_: re.Match) -> str:
            value = next(places)
            return f"%(p{numbers.setdefault((type(value), repr(value)), (len(numbers), value))[0]})s"

        text = PLACE.sub(number, sql)
        return cls(text, tuple(value for _, value in numbers.values()))

    def rows(self, told: Told) -> list[tuple]:
        """What the database answers to this person."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, {f"p{n}": filled(value, told) for n, value in enumerate(self.params)})
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

    def laid(self) -> Piece | None:
        """The text of this list and its values; None when nothing can be in it."""
        texts, params = [], []
        for piece in self.pieces:
            with suppress(EmptyResultSet):
                sql, values = piece.query.sql_with_params()
                texts.append(f"SELECT * FROM ({sql}) AS a{len(texts)}")
                params += values
        if not texts:
            return None
        return f"{' UNION '.join(texts)} ORDER BY {self.order} LIMIT {int(self.limit)}", params


@dataclass(frozen=True)
class Lists:
    """Several lists in one query, each in its own order."""

    names: tuple[str, ...]
    query: Laid | None

    @classmethod
    def of(cls, *wanted: Ordered) -> Lists:
        """Lay the lists together."""
        laid = [(one, piece) for one in wanted if (piece := one.laid())]
        texts = [f"SELECT %s AS list, l{n}.* FROM ({sql}) AS l{n}" for n, (_, (sql, _)) in enumerate(laid)]
        params = [value for one, (_, values) in laid for value in (one.name, *values)]
        query = Laid.of((" UNION ALL ".join(texts), params)) if texts else None
        return cls(tuple(one.name for one in wanted), query)

    def read(self, told: Told = NOTHING) -> dict[str, list[tuple]]:
        """The rows of each list, for the one whom the marks stand for."""
        found: dict[str, list[tuple]] = {name: [] for name in self.names}
        for name, *row in self.query.rows(told) if self.query else ():
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
        query = Laid.of((" UNION ALL ".join(texts), params)) if texts else None
        return cls(tuple(name for name, _ in groups), query)

    def read(self, told: Told = NOTHING) -> dict[str, int]:
        """The counts by name, for the one whom the marks stand for."""
        found = dict(self.query.rows(told)) if self.query else {}
        return {name: min(found.get(name, 0), COUNTED + 1) for name in self.names}


def _counted(pieces: Iterable[QuerySet]) -> Iterator[tuple[str, tuple]]:
    for piece in pieces:
        with suppress(EmptyResultSet):
            rows = piece if piece.query.values_select else piece.values_list("pk")  # of several loops: the loop too
            yield rows.order_by()[: COUNTED + 1].query.sql_with_params()


def shown(count: int) -> str:
    """A bounded count as it is written: 12, or 1,000+."""
    return f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
