"""One DuckDB connection in memory over the lake's Parquet: a view per table of the contract."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

import duckdb
import ibis
import numpy as np
import pyarrow as pa
from ibis.backends.duckdb import Backend
from ibis.expr import operations as ops
from ibis.expr.types import Table

from guanjian.customs import TABLES
from guanjian.customs.arrow import DUCKDB

if TYPE_CHECKING:
    import pandas as pd


class Lake(Protocol):
    """What a session needs of the lake: one SELECT per table, and the names of its batches."""

    def select(self, table: str, as_of: date | None = None) -> str: ...

    def batches(self, as_of: date | None = None) -> Sequence[Any]: ...


class Session:
    """The connection that all detectors of a run share. Use it as a context manager: it removes what it spilled."""

    def __init__(self, lake: Lake | None = None, as_of: date | None = None, memory_limit: str = "2GB") -> None:
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
        self._kept: dict[str, tuple[Table, Table]] = {}
        self.reads: set[str] = set()
        self.questions: dict[str, list[Table]] = {}
        self._asker = ""
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

    @contextmanager
    def asking(self, who: str) -> Iterator[None]:
        """What is asked inside is remembered in `questions` under this name."""
        before, self._asker = self._asker, who
        try:
            yield
        finally:
            self._asker = before

    def sql(self, expression: Table) -> str:
        """The DuckDB text of a question; what it reads is remembered in `reads`."""
        self.reads |= tables_read(expression)
        if self._asker:
            self.questions.setdefault(self._asker, []).append(expression)
        return self.text(expression)

    def text(self, expression: Table) -> str:
        """The DuckDB text of an expression, without asking it."""
        return str(self._compiler.compile(expression))

    def ask(self, expression: Table) -> pa.Table:
        """The answer in Arrow, in the types that the expression promises (DuckDB widens sums of integers)."""
        found = self.connection.sql(self.sql(expression)).to_arrow_table()
        return found.cast(expression.schema().to_pyarrow())

    def frame(self, expression: Table) -> pd.DataFrame:
        """The answer as a data frame: for aggregates, never for facts."""
        return self.ask(expression).to_pandas(date_as_object=False)

    def arrays(self, expression: Table) -> dict[str, np.ndarray]:
        """The answer as one NumPy array per column: for codes and numbers without gaps."""
        promised = expression.schema().to_pyarrow()
        pieces: dict[str, list[np.ndarray]] = {name: [] for name in expression.columns}
        for batch in self.connection.sql(self.sql(expression)).to_arrow_reader(1 << 20):
            for name, found in pieces.items():
                found.append(batch.column(name).cast(promised.field(name).type).to_numpy(zero_copy_only=False))
        return {name: np.concatenate(pieces.pop(name) or [np.empty(0)]) for name in expression.columns}

    def keep(self, name: str, make: Callable[[], Table]) -> Table:
        """A table that several detectors read, made once; beyond the memory limit DuckDB spills it."""
        if name not in self._kept:
            expression = make()
            self.connection.execute(f'CREATE TEMP TABLE "{name}" AS {self.text(expression)}')
            self._kept[name] = ibis.table(expression.schema(), name=name), expression
        table, made_from = self._kept[name]
        self.reads |= tables_read(made_from)
        return table

    def made_from(self) -> dict[str, Table]:
        """The tables that were made once, by name, and the expression of each."""
        return {name: expression for name, (_, expression) in self._kept.items()}

    def lend(self, name: str, frame: pd.DataFrame) -> Table:
        """A small frame of ours as a table that an expression can join; the same name again replaces it."""
        table = pa.Table.from_pandas(frame, preserve_index=False)
        self.connection.register(name, table)
        return ibis.table(ibis.Schema.from_pyarrow(table.schema), name=name)

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
