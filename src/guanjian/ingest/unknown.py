"""Codes that our code lists do not know: kept as they are and reported, never dropped or guessed."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from guanjian.customs import TABLES, Column
from guanjian.customs.codes import codes
from guanjian.ingest import sql

MOST = 50  # per column: more would be another scheme, not some unknown codes


def unknown_codes(connection: duckdb.DuckDBPyConnection, files: dict[str, list[str]]) -> dict[str, dict[str, int]]:
    """By `table.column`: the codes not in its list and how often they came. `XX:code` names its own scheme."""
    found = {
        f"{table}.{column.name}": dict(connection.execute(_query(column, paths)).fetchall())
        for table, paths in files.items()
        if paths
        for column in _coded(table)
    }
    return {place: counted for place, counted in found.items() if counted}


def _coded(table: str) -> Iterator[Column]:
    return (column for column in TABLES[table].columns if column.codes)


def _query(column: Column, paths: list[str]) -> str:
    value = sql.name(column.name)
    value = f"unnest({value})" if column.type == "list" else value
    known = ", ".join(f"({sql.text(code)})" for code in codes(column.codes))
    return (
        f"SELECT code, n FROM (SELECT code, count(*) AS n FROM (SELECT {value} AS code FROM {sql.parquet(paths)}) GROUP BY code) "
        f"WHERE code IS NOT NULL AND NOT contains(code, ':') AND code NOT IN (VALUES {known}) ORDER BY n DESC, code LIMIT {MOST}"
    )
