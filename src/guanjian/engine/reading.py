"""How much of the lake does a run read, and how much would its members read if each ran alone?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import sqlglot
from ibis.expr.operations import Node, UnboundTable
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

    def __add__(self, other: Reading) -> Reading:
        """Two parts of one run over the same lake."""
        return Reading(self.together + other.together, self.alone + other.alone, self.lake)

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
    """Compare the shared scans of indicators with each by itself; call it after the run: kept tables are made."""
    together = [scan.expression for scan in scans(asked)]
    return compared(session, {code: [expression] for code, expression in asked.items()}, together, known)


def compared(
    session: Session, alone: Mapping[str, Sequence[Table]], together: Sequence[Table], known: Weights
) -> Reading:
    """What was asked `together`, and what each would ask `alone`; a kept table is read for once, or by each again."""
    meter = _Meter(session, known)
    read = [meter.of(expression) for expression in together]
    once = frozenset().union(*(kept for _, kept in read))
    by_itself = 0
    for questions in alone.values():
        own = [meter.of(expression) for expression in questions]
        by_itself += sum(size for size, _ in own)
        by_itself += sum(map(meter.of_kept, frozenset().union(*(kept for _, kept in own))))
    return Reading(
        sum(size for size, _ in read) + sum(map(meter.of_kept, once)),
        by_itself,
        sum(sum(columns.values()) for columns in known.values()),
    )


class _Meter:
    """Which columns a query reads, weighed. Kept tables lie in memory: they count when they are made."""

    def __init__(self, session: Session, known: Weights) -> None:
        self._session, self._known, self._made = session, known, session.made_from()
        self._weighed: dict[Node, tuple[int, frozenset[str]]] = {}

    def of(self, expression: Table) -> tuple[int, frozenset[str]]:
        """Bytes read from the lake, and the kept tables used, those behind them too."""
        if expression.op() not in self._weighed:
            self._weighed[expression.op()] = self._of(expression)
        return self._weighed[expression.op()]

    def _of(self, expression: Table) -> tuple[int, frozenset[str]]:
        other = {node.name: dict.fromkeys(node.schema.names, "VARCHAR") for node in expression.op().find(UnboundTable)}
        read = columns_read(self._session.text(expression), other | CONTRACT)
        kept = {table for table, _ in read} & set(self._made)
        return weighed(read, self._known), frozenset(kept).union(*(self.of(self._made[name])[1] for name in kept))

    def of_kept(self, name: str) -> int:
        """Bytes read to make a kept table, without those behind it."""
        return self.of(self._made[name])[0]


def weighed(read: Mapping[tuple[str, str], int], known: Weights) -> int:
    """The bytes of the columns read, as often as they are read."""
    return sum(times * known.get(table, {}).get(column, 0) for (table, column), times in read.items())


def columns_read(sql: str, schema: Mapping[str, Mapping[str, str]] = CONTRACT) -> Counter[tuple[str, str]]:
    """How often a DuckDB query has to read each column of each table: unused ones are pruned as the engine does."""
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    named = {table.name for table in tree.find_all(exp.Table)}
    schema = {name: columns for name, columns in schema.items() if name in named}
    tree = qualify(tree, schema=schema, dialect="duckdb", validate_qualify_columns=False)
    read: Counter[tuple[str, str]] = Counter()
    for scope in traverse_scope(pushdown_projections(tree, schema=schema, dialect="duckdb")):
        for alias, source in scope.sources.items():
            if isinstance(source, exp.Table):
                read.update({(source.name, c.name) for c in scope.columns if c.table == alias})
    return read
