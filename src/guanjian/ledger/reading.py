"""Entries read as they lie in the database, byte for byte, and many reads seen at one moment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import connection, transaction

from guanjian.ledger.leaves import Content

CHUNK = 5000
STORED_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?")
COLUMNS = {
    "sqlite": "id, CAST(stream AS BLOB), CAST(at AS BLOB), CAST(event AS BLOB), CAST(subject AS BLOB), "
    "CAST(actor AS BLOB), CAST(body AS BLOB), CAST(record_hash AS BLOB)",
    "postgresql": "id, stream, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), event, subject, "
    "actor, body, record_hash",
}


class Sealed(NamedTuple):
    """A sealed entry with what the sequencer wrote on it."""

    content: Content
    index: int
    leaf: bytes
    chain: bytes


def waiting_contents(stream: str, limit: int) -> list[Content]:
    """The next unsealed entries of a stream, in their place in line."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS[connection.vendor]} FROM ledger_entry "
            "WHERE stream = %s AND sealed_index IS NULL ORDER BY id LIMIT %s",
            [stream, limit],
        )
        return [_content(row) for row in cursor.fetchall()]


def sealed_entries(stream: str, above: int = -(2**63)) -> Iterator[Sealed]:
    """Every sealed entry of a stream in order, a chunk in memory at a time."""
    query = (
        f"SELECT {COLUMNS[connection.vendor]}, sealed_index, leaf, chain FROM ledger_entry "
        "WHERE stream = %s AND sealed_index > %s ORDER BY sealed_index LIMIT %s"
    )
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [stream, above, CHUNK])
            rows = cursor.fetchall()
        for row in rows:
            yield Sealed(_content(row[:8]), row[8], bytes(row[9]), bytes(row[10]))
        if len(rows) < CHUNK:
            return
        above = rows[-1][8]


def _content(row: tuple) -> Content:
    if connection.vendor != "sqlite":
        return Content(*row)
    stream, at, *others = (str(value, "utf-8", "surrogateescape") for value in row[1:])
    return Content(row[0], stream, _instant(at), *others)


def _instant(stored: str) -> str:
    """SQLite's text of a time as `canonical.instant` writes it; a text of another shape stays as it is, and is wrong."""
    found = STORED_TIME.fullmatch(stored)
    return f"{stored[:10]}T{stored[11:]}{'' if found[1] else '.000000'}Z" if found else stored


def _any_text(stored: bytes) -> str:
    return str(stored, "utf-8", "surrogateescape")


@contextmanager
def one_moment():
    """All reads inside see the same moment; nobody who writes is kept waiting, and no broken text stops the reading."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            connection.connection.text_factory = _any_text
            try:
                yield
            finally:
                connection.connection.text_factory = str
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
