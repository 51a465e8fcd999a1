"""Reading the lake for one actor: a read-only DuckDB connection, and the territory as part of every query."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from guanjian.ingest.lake import Lake
from guanjian.kernel.errors import NotFound
from guanjian.org.actor import Actor
from guanjian.org.posts import UnitLevel

_local = threading.local()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=8)
def _lake(path: Path, _edition: int) -> Lake:
    return Lake.open(path)


def lake_at(path: Path) -> Lake:
    """The lake in this folder, as of its newest batch; `NotFound` when there is none."""
    manifests = path / "manifest"
    if not manifests.is_dir():
        raise NotFound("还没有导入数据。", "No data has been imported yet.")
    return _lake(path, manifests.stat().st_mtime_ns)


def _connection():
    if not hasattr(_local, "connection"):
        import duckdb

        _local.connection = duckdb.connect(config={"threads": 1, "memory_limit": "256MB"})
    return _local.connection.cursor()


def rows(sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """The rows of one query as dictionaries. One small connection to a thread: a page never starves another."""
    found = _connection().sql(sql, params=list(parameters))
    zoned = [str(kind) == "TIMESTAMP WITH TIME ZONE" for kind in found.types]
    read = ", ".join(f'epoch_us("{n}")' if z else f'"{n}"' for n, z in zip(found.columns, zoned, strict=True))
    return [
        {n: _moment(v) if z else v for n, v, z in zip(found.columns, values, zoned, strict=True)}
        for values in found.project(read).fetchall()
    ]


def _moment(microseconds: int | None) -> datetime | None:
    """DuckDB gives zoned times only through a library that we do not carry: count from 1970 ourselves."""
    return None if microseconds is None else _EPOCH + timedelta(microseconds=microseconds)


def territory(actor: Actor, lake: Lake, column: str = "unit_code") -> tuple[str, list[str]]:
    """A WHERE condition on a unit column, and its parameters: only rows of units within reach of a business post."""
    conditions, values = ["false"], []
    for held in actor.holdings:
        if held.post.administers:
            continue
        match held.level:
            case UnitLevel.HQ:
                return "true", []
            case UnitLevel.DISTRICT:
                conditions.append(
                    f"{column} IN (SELECT unit_code FROM ({lake.select('units')}) WHERE district_code = ? OR unit_code = ?)"
                )
                values += [held.district_code, held.district_code]
            case UnitLevel.HOUSE:
                conditions.append(f"({column} = ? OR starts_with({column}, ?))")
                values += [held.house_code, held.house_code + "-"]
            case _:
                conditions.append(f"{column} = ?")
                values.append(held.unit_code)
    return "(" + " OR ".join(conditions) + ")", values
