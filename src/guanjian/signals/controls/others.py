"""Events that are not about declarations: a few among very many, kept apart once for all trails that are told from them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from guanjian.signals.controls.trails import trail

NAME = "other_events"
COLUMNS = (
    "event_id", "object_id", "object_type", "activity", "at", "officer_id", "approver_id", "unit_code", "post",
    "received_at", "reason", "attributes",
)  # fmt: skip
ENTRY = "entry"
SQL = f"""SELECT {", ".join(f'"{name}"' for name in COLUMNS)} FROM events WHERE object_type <> '{ENTRY}'"""


@dataclass(frozen=True)
class Others:
    """`kinds`: the kinds of object that events are about, where the others were kept; None where each trail looks for its own."""

    kinds: tuple[str, ...] | None = None

    @property
    def kept(self) -> bool:
        """Whether they were written apart, by one reading of all events."""
        return self.kinds is not None


@contextmanager
def others(connection: duckdb.DuckDBPyConnection, names: Collection[str]) -> Iterator[Others]:
    """Lay `other_events` for the trails of these names: a table for several, for a single one no more than a view."""
    kept = sum(NAME in trail(name).sql for name in names) > 1
    form = "TABLE" if kept else "VIEW"
    connection.execute(f"CREATE TEMP {form} {NAME} AS {SQL}")
    try:
        asked = f"SELECT object_type FROM {NAME} UNION SELECT '{ENTRY}' ORDER BY 1"
        yield Others(tuple(kind for (kind,) in connection.execute(asked).fetchall()) if kept else None)
    finally:
        connection.execute(f"DROP {form} {NAME}")
