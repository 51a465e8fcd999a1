"""Entries read as they lie in the database, byte for byte, and many reads seen at one moment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import OperationalError, connection, transaction

from guanjian.ledger.leaves import Content

CHUNK = 5000
STORED_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?")
AT = {
    "sqlite": "CAST(at AS TEXT)",
    "postgresql": "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
}


class Sealed(NamedTuple):
    """A sealed entry with what the sequencer wrote on it."""

    content: Content
    index: int
    leaf: bytes
    chain: bytes


def waiting_contents(stream: str, limit: int) -> list[Content]:
    """The next unsealed entries of a stream, in their place in line."""
    query = f"SELECT {_columns()} FROM ledger_entry WHERE stream = %s AND sealed_index IS NULL ORDER BY id LIMIT %s"
    return [_content(row) for row in _fetched(query, [stream, limit])]


def sealed_entries(stream: str, above: int = -(2**63)) -> Iterator[Sealed]:
    """Every sealed entry of a stream in order, a chunk in memory at a time."""
    query = (
        f"SELECT {_columns()}, sealed_index, leaf, chain FROM ledger_entry "
        "WHERE stream = %s AND sealed_index > %s ORDER BY sealed_index LIMIT %s"
    )
    while True:
        rows = _fetched(query, [stream, above, CHUNK])
        for row in rows:
            yield Sealed(_content(row), row[8], bytes(row[9]), bytes(row[10]))
        if len(rows) < CHUNK:
            return
        above = rows[-1][8]


def _columns() -> str:
    return f"id, stream, {AT[connection.vendor]}, event, subject, actor, body, record_hash"


def _fetched(query: str, given: list) -> list[tuple]:
    """The rows; where SQLite stumbles over a text that is no UTF-8, once more with its bytes escaped."""
    with connection.cursor() as cursor:
        try:
            with _text_read_as(str):
                cursor.execute(query, given)
                return cursor.fetchall()
        except OperationalError:
            if connection.vendor != "sqlite":
                raise
        with _text_read_as(_any_text):
            cursor.execute(query, given)
            return cursor.fetchall()


def _content(row: tuple) -> Content:
    if connection.vendor == "sqlite":
        return Content(row[0], row[1], _instant(row[2]), *row[3:8])
    return Content(*row[:8])


def _instant(stored: str) -> str:
    """SQLite's text of a time as `canonical.instant` writes it; a text of another shape stays as it is, and is wrong."""
    found = STORED_TIME.fullmatch(stored)
    return f"{stored[:10]}T{stored[11:]}{'' if found[1] else '.000000'}Z" if found else stored


def _any_text(stored: bytes) -> str:
    return str(stored, "utf-8", "surrogateescape")


@contextmanager
def _text_read_as(reader):
    """SQLite's texts come as this reader makes them; elsewhere nothing changes."""
    if connection.vendor != "sqlite":
        yield
        return
    before, connection.connection.text_factory = connection.connection.text_factory, reader
    try:
        yield
    finally:
        connection.connection.text_factory = before


@contextmanager
def one_moment():
    """All reads inside see the same moment; nobody who writes is kept waiting, and no broken text stops the reading."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor, _text_read_as(_any_text):
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
