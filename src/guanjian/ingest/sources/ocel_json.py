"""OCEL 2.0 in JSON: events with the objects that they concern become rows of `events`."""

from __future__ import annotations

from pathlib import Path

import duckdb

from guanjian.ingest import sql
from guanjian.ingest.ocel import COLUMNS, ROWS
from guanjian.ingest.raw import Form, Raw
from guanjian.ingest.text import blocks
from guanjian.kernel.errors import BadInput

SUFFIXES = (".jsonocel", ".ocel.json", ".json")
TEXT = False
LARGEST = 1 << 30
SHAPE = (
    '{events: \'STRUCT(id VARCHAR, type VARCHAR, "time" VARCHAR, attributes STRUCT(name VARCHAR, value JSON)[], '
    "relationships STRUCT(objectId VARCHAR, qualifier VARCHAR)[])[]', "
    "objects: 'STRUCT(id VARCHAR, type VARCHAR)[]'}"
)


def read(path: Path, scratch: Path, form: Form) -> Raw:
    """The whole document is one JSON object, so it must fit in memory."""
    size = sum(len(block) for block in blocks(path))
    if size > LARGEST:
        raise BadInput(
            f"{path.name} 超过 1 GB，请改用 OCEL 2.0 的 SQLite 格式。",
            f"{path.name} is larger than 1 GB; use the SQLite form of OCEL 2.0.",
        )
    target = scratch / "rows.parquet"
    with duckdb.connect() as connection:
        try:
            rows = _convert(connection, path, size, target)
        except duckdb.Error:
            raise _no_ocel(path) from None
    return Raw(path, target, dict.fromkeys(COLUMNS, "VARCHAR"), rows, contract=True)


def _convert(connection: duckdb.DuckDBPyConnection, path: Path, size: int, target: Path) -> int:
    connection.execute(
        f"CREATE TABLE log AS SELECT * FROM read_json({sql.text(path)}, columns = {SHAPE}, "
        f"maximum_object_size = {size + 1024}, format = 'unstructured', ignore_errors = false)"
    )
    if connection.execute("SELECT count(events) FROM log").fetchone() == (0,):
        raise _no_ocel(path)
    connection.execute("""CREATE TABLE objects AS SELECT o.id AS object, o.type AS kind
        FROM (SELECT unnest(objects) AS o FROM log)""")
    connection.execute("""CREATE TABLE found AS
        SELECT e.id AS event, e.type AS activity, e."time" AS "at", ordinal, kind, r.qualifier AS qualifier,
               r."objectId" AS object, coalesce(CAST(map_from_entries([(a.name, a.value) FOR a IN e.attributes])
               AS JSON), '{}') AS attributes
        FROM (SELECT e, ordinal, unnest(CASE WHEN len(e.relationships) > 0 THEN e.relationships ELSE [NULL] END) AS r
              FROM (SELECT unnest(events) AS e, generate_subscripts(events, 1) AS ordinal FROM log))
        LEFT JOIN objects ON objects.object = r."objectId" """)
    (rows,) = connection.execute(f"COPY ({ROWS}) TO {sql.text(target)} (FORMAT parquet)").fetchone()
    return rows


def _no_ocel(path: Path) -> BadInput:
    return BadInput(
        f"{path.name} 不是 OCEL 2.0 的 JSON（应有 events 与 objects）；其他数据请用 JSON Lines。",
        f"{path.name} is not OCEL 2.0 in JSON (events and objects are expected); for other data use JSON Lines.",
    )
