"""How much of the lake does a run read, and how much would its members read if each ran alone?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import sqlglot
from ibis.expr.types import Table
from sqlglot import exp
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import traverse_scope

from guanjian.customs import TABLES
from guanjian.customs.arrow import DUCKDB
from guanjian.engine.session import Session
from guanjian.engine.share import scans

Weights = Mapping[str, Mapping[str, int]]  # bytes by table and column
CONTRACT = {name: {c.name: DUCKDB[c.type] for c in table.columns} for name, table in TABLES.items()}


class Files(Protocol):
    """What is asked of a lake: the files of a table."""

    def files(self, table: str, as_of: date | None = None) -> list[str]: ...


@dataclass(frozen=True)
class Reading:
    """Bytes of compressed columns: what the run reads, what its members would read alone, and all that there is."""

    together: int
    alone: int
    lake: int

    @property
    def of_the_lake(self) -> float:
        """Bytes read ÷ the lake."""
        return self.together / self.lake if self.lake else 0.0

    @property
    def saving(self) -> float:
        """How many times more the members would read alone."""
        return self.alone / self.together if self.together else 1.0


def weights(session: Session, lake: Files) -> Weights:
    """The bytes of every column of the lake, from the footers of its files."""
    found = {name: lake.files(name, session.as_of) for name in TABLES}
    return {name: _columns(session, files) for name, files in found.items() if files}


def _columns(session: Session, files: list[str]) -> dict[str, int]:
    asked = "SELECT split_part(path_in_schema, ',', 1), sum(total_compressed_size)::BIGINT FROM parquet_metadata(?) GROUP BY 1"
    return dict(session.connection.execute(asked, [files]).fetchall())


def reading(session: Session, asked: Mapping[str, Table], known: Weights) -> Reading:
    """Compare the shared scans of a run with its members one by one; call it after the run: kept tables are made."""
    meter = _Meter(session, known)
    once: set[str] = set()
    together = 0
    for scan in scans(asked):
        own, kept = meter.of(scan.expression)
        together, once = together + own, once | kept
    alone = sum(own + sum(map(meter.of_kept, kept)) for own, kept in map(meter.of, asked.values()))
    return Reading(
        together + sum(map(meter.of_kept, once)), alone, sum(sum(columns.values()) for columns in known.values())
    )


class _Meter:
    """Which columns a query reads, weighed. Kept tables lie in memory: they count when they are made."""

    def __init__(self, session: Session, known: Weights) -> None:
        self._session, self._known, self._made = session, known, session.made_from()
        self._schema = CONTRACT | {name: dict.fromkeys(made.columns, "VARCHAR") for name, made in self._made.items()}

    def of(self, expression: Table) -> tuple[int, set[str]]:
        """Bytes read from the lake, and the kept tables used, those behind them too."""
        read = columns_read(self._session.sql(expression), self._schema)
        own = sum(times * self._known.get(table, {}).get(column, 0) for (table, column), times in read.items())
        kept = {table for table, _ in read} & set(self._made)
        return own, kept.union(*(self.of(self._made[name])[1] for name in kept))

    def of_kept(self, name: str) -> int:
        """Bytes read to make a kept table, without those behind it."""
        return self.of(self._made[name])[0]


def columns_read(sql: str, schema: Mapping[str, Mapping[str, str]] = CONTRACT) -> Counter[tuple[str, str]]:
    """How often a DuckDB query has to read each column of each table: unused ones are pruned as the engine does."""
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    tree = qualify(tree, schema=schema, dialect="duckdb", validate_qualify_columns=False)
    read: Counter[tuple[str, str]] = Counter()
    for scope in traverse_scope(pushdown_projections(tree, schema=schema, dialect="duckdb")):
        for alias, source in scope.sources.items():
            if isinstance(source, exp.Table):
                read.update({(source.name, c.name) for c in scope.columns if c.table == alias})
    return read
