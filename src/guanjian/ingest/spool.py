"""Rows that do not come as Parquet are written down once as Parquet, as they are, so that every later pass is a query."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

BROKEN = pa.schema([("line", pa.int64()), ("reason", pa.string()), ("row", pa.string())])


def spool(batches: Iterable[pa.RecordBatch], schema: pa.Schema, path: Path) -> int:
    """Write the batches and say how many rows they had."""
    rows = 0
    with pq.ParquetWriter(path, schema, compression="lz4", use_dictionary=False, write_statistics=False) as out:
        for batch in batches:
            out.write_batch(batch)
            rows += batch.num_rows
    return rows


class Broken:
    """What was no row: kept with its line and text, written a few thousand at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: pq.ParquetWriter | None = None
        self._rows: list[dict] = []
        self.count = 0

    def add(self, line: int, reason: str, row: str) -> None:
        self._rows.append({"line": line, "reason": reason, "row": row})
        self.count += 1
        if len(self._rows) >= 10_000:
            self._flush()

    def _flush(self) -> None:
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, BROKEN)
        self._writer.write_table(pa.Table.from_pylist(self._rows, BROKEN))
        self._rows.clear()

    def close(self) -> Path | None:
        """The file of broken rows, or None when there were none."""
        if self._rows:
            self._flush()
        if self._writer is not None:
            self._writer.close()
        return self._path if self.count else None
