"""One DuckDB connection in memory over the lake's Parquet: a view per table of the contract."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

import duckdb
import ibis
from ibis.backends.duckdb import Backend
from ibis.expr import operations as ops
from ibis.expr.types import Table

from guanjian.customs import TABLES
from guanjian.customs.arrow import DUCKDB

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class Lake(Protocol):
    """What a session needs of the lake: one SELECT per table, and the names of its batches."""

    def select(self, table: str, as_of: date | None = None) -> str: ...

    def batches(self, as_of: date | None = None) -> Sequence[Any]: ...


class Session:
    """The connection that all detectors of a run share. Use it as a context manager: it removes what it spilled."""

    def __init__(self, lake: Lake | None = None, as_of: date | None = None, memory_limit: str = "2500MB") -> None:
        self._spill = tempfile.mkdtemp(prefix="guanjian-")
        self.as_of = as_of
        self.batches_used = sorted(found.batch for found in lake.batches(as_of)) if lake else []
        self.connection = duckdb.connect(
            config={
                "memory_limit": memory_limit,
                "temp_directory": self._spill,
                "threads": os.cpu_count() or 1,
                "preserve_insertion_order": False,
            }
        )
        self._compiler = Backend()
        self.reads: set[str] = set()
        for name in TABLES:
            text = lake.select(name, as_of) if lake else _nothing(name)
            self.connection.execute(f'CREATE VIEW "{name}" AS {text}')

    @classmethod
    def over(cls, tables: Mapping[str, pa.Table], **options: Any) -> Session:
        """A session over Arrow tables in contract columns: small worlds, tests, examples."""
        session = cls(**options)
        for name, table in tables.items():
            session.connection.execute(f'DROP VIEW "{name}"')
            session.connection.register(name, table)
        return session

    def holds(self, table: str) -> bool:
        """True when the table has data, as known at `as_of`."""
        return bool(self.connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchall())

    def sql(self, expression: Table) -> str:
        """The DuckDB text of an expression; what it reads is remembered in `reads`."""
        self.reads |= tables_read(expression)
        return str(self._compiler.compile(expression))

    def ask(self, expression: Table) -> pa.Table:
        """The answer in Arrow."""
        return self.connection.sql(self.sql(expression)).to_arrow_table()

    def frame(self, expression: Table) -> pd.DataFrame:
        """The answer as a data frame: for aggregates, never for facts."""
        return self.ask(expression).to_pandas(date_as_object=True)

    def batches(self, expression: Table, rows: int = 1 << 20) -> Iterator[pa.RecordBatch]:
        """The answer in pieces, for a pass that keeps only sums."""
        yield from self.connection.sql(self.sql(expression)).to_arrow_reader(rows)

    def keep(self, name: str, expression: Table) -> Table:
        """A temporary table that several questions read; DuckDB may spill it."""
        self.connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {self.sql(expression)}')
        return ibis.table(expression.schema(), name=name)

    def drop(self, name: str) -> None:
        """Forget a kept table."""
        self.connection.execute(f'DROP TABLE IF EXISTS "{name}"')

    def close(self) -> None:
        """Close the connection and remove what it spilled."""
        self.connection.close()
        shutil.rmtree(self._spill, ignore_errors=True)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def tables_read(expression: Table) -> set[str]:
    """The tables of the contract that an expression reads."""
    return {node.name for node in expression.op().find(ops.UnboundTable)} & set(TABLES)


def _nothing(name: str) -> str:
    columns = ", ".join(f'CAST(NULL AS {DUCKDB[c.type]}) AS "{c.name}"' for c in TABLES[name].columns)
    return f"SELECT {columns} WHERE false"
