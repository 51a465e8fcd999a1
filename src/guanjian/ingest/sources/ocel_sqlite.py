"""OCEL 2.0 in SQLite: the same rows from its relational form."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow as pa

from guanjian.ingest import sql
from guanjian.ingest.ocel import COLUMNS, ROWS
from guanjian.ingest.raw import Form, Raw
from guanjian.ingest.spool import spool
from guanjian.kernel.errors import BadInput

SUFFIXES = (".sqlite", ".sqlite3", ".db")
TEXT = False
FOUND = pa.schema(
    [(name, pa.string()) for name in ("event", "activity", "at", "attributes", "object", "kind", "qualifier")]
    + [("ordinal", pa.int64())]
)
BATCH = 50_000


def read(path: Path, scratch: Path, form: Form) -> Raw:
    """The database is opened read-only and never written."""
    found, target = scratch / "found.parquet", scratch / "rows.parquet"
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as log:
            spool(_batches(log), FOUND, found)
    except sqlite3.Error:
        raise BadInput(
            f"{path.name} 不是 OCEL 2.0 的 SQLite（缺少 event、object 等表，或已损坏）。",
            f"{path.name} is not OCEL 2.0 in SQLite (tables such as event and object are missing, or it is damaged).",
        ) from None
    with duckdb.connect() as connection:
        connection.read_parquet(str(found)).create_view("found")
        (rows,) = connection.execute(f"COPY ({ROWS}) TO {sql.text(target)} (FORMAT parquet)").fetchone()
    return Raw(path, target, dict.fromkeys(COLUMNS, "VARCHAR"), rows, contract=True)


def _batches(log: sqlite3.Connection) -> Iterator[pa.RecordBatch]:
    ordinal = 0
    for kind, mapped in log.execute("SELECT ocel_type, ocel_type_map FROM event_map_type").fetchall():
        cursor = log.execute(_query(log, mapped), (kind,))
        while rows := cursor.fetchmany(BATCH):
            names = ("event", "activity", "at", "attributes", "object", "kind", "qualifier")
            columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
            numbers = pa.array(range(ordinal, ordinal + len(rows)), pa.int64())
            yield pa.RecordBatch.from_arrays([*columns, numbers], names=[*names, "ordinal"])
            ordinal += len(rows)


def _query(log: sqlite3.Connection, mapped: str) -> str:
    """One row per event and object; the columns of the event's own table become its attributes."""
    table = '"event_' + mapped.replace('"', '""') + '"'
    own = [name for _, name, *_ in log.execute(f"PRAGMA table_info({table})") if not name.startswith("ocel_")]
    pairs = ", ".join(f"""'{name.replace("'", "''")}', d."{name.replace('"', '""')}" """ for name in own)
    empty = "'" + json.dumps({}) + "'"
    return f"""
        SELECT e.ocel_id, e.ocel_type, CAST(d.ocel_time AS TEXT), {f"json_object({pairs})" if own else empty},
               r.ocel_object_id, o.ocel_type, r.ocel_qualifier
        FROM event e JOIN {table} d ON d.ocel_id = e.ocel_id
        LEFT JOIN event_object r ON r.ocel_event_id = e.ocel_id
        LEFT JOIN object o ON o.ocel_id = r.ocel_object_id
        WHERE e.ocel_type = ? ORDER BY d.ocel_time, e.ocel_id, r.ocel_object_id"""
