"""How does it reach the disk? One part file per table and chunk, in the contract's columns and types."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from guanjian.customs import TABLES
from guanjian.customs.arrow import schema

UNIQUE = frozenset({"entry_id", "event_id", "exam_id", "instruction_id", "object_id", "at", "received_at", "ended_at"})


class Parts:
    """Collects columns per table and writes a chunk in the background, one chunk at most waiting: memory stays flat."""

    def __init__(self, out: Path, chunk: int) -> None:
        self.out, self.chunk = out, chunk
        self.rows: dict[str, int] = {}
        self._held: dict[str, list[pa.Table]] = {}
        self._number = 0
        self._writer = ThreadPoolExecutor(1)
        self._waiting: Future | None = None

    def add(self, table: str, /, **columns: pa.Array) -> None:
        """Rows of one table; a column of the contract that is not given stays empty."""
        count = len(next(iter(columns.values())))
        if not count:
            return
        wanted = TABLES[table].names
        if strange := set(columns) - set(wanted):
            raise KeyError(f"{table} has no column {sorted(strange)}")
        arrays = [columns[name] if name in columns else pa.nulls(count) for name in wanted]
        self._held.setdefault(table, []).append(pa.table(arrays, names=list(wanted)))
        self.rows[table] = self.rows.get(table, 0) + count

    def step(self) -> None:
        """Writes what is held when it has reached the size of a chunk."""
        if sum(table.num_rows for table in self._held.get("declarations", ())) >= self.chunk:
            self.flush()

    def flush(self) -> None:
        """Hands what is held to the writer; waits for the chunk before it."""
        held, self._held = self._held, {}
        if self._waiting:
            self._waiting.result()
        self._waiting = self._writer.submit(self._write, self._number, held)
        self._number += 1

    def close(self) -> None:
        """Writes the rest and waits until all is on disk."""
        self.flush()
        self._waiting.result()
        self._writer.shutdown()

    def _write(self, number: int, held: dict[str, list[pa.Table]]) -> None:
        for name, tables in held.items():
            folder = self.out / name
            folder.mkdir(parents=True, exist_ok=True)
            contract = _coded(schema(TABLES[name]), tables)
            typed = pa.concat_tables([_typed(table, contract) for table in tables])
            pq.write_table(typed, folder / f"part-{number:05d}.parquet", **_style(contract))


def _coded(contract: pa.Schema, tables: list[pa.Table]) -> pa.Schema:
    """The contract, with columns that some table holds as codes and words kept so: the file stores words either way."""
    held = zip(contract, *(table.columns for table in tables), strict=True)
    coded = {field.name for field, *columns in held if any(pa.types.is_dictionary(c.type) for c in columns)}
    words = pa.dictionary(pa.int32(), pa.string())
    return pa.schema([field.with_type(words) if field.name in coded else field for field in contract])


def _typed(table: pa.Table, contract: pa.Schema) -> pa.Table:
    columns = [
        column.cast(field.type) if column.type != field.type else column
        for column, field in zip(table.columns, contract, strict=True)
    ]
    return pa.table(columns, schema=contract)


def _style(contract: pa.Schema) -> dict:
    coded = [field.name for field in contract if field.name not in UNIQUE and not pa.types.is_list(field.type)]
    return {
        "compression": "zstd",
        "compression_level": 1,
        "use_dictionary": coded,
        "store_schema": False,
        "store_decimal_as_integer": True,
    }
