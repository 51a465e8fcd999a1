"""Rows that the office publishes to the lake go in as every other batch does: typed, checked, exactly once."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from guanjian.crossing.imports import note_batches
from guanjian.ingest.importing import ingest
from guanjian.ingest.lake import Lake


def publish_rows(lake: Lake, table: str, rows: Sequence[dict[str, Any]]) -> int:
    """Import these rows into a table of the lake and note the batch; returns how many were new to it."""
    if not rows:
        return 0
    import pyarrow as pa
    import pyarrow.parquet as parquet

    from guanjian.customs import TABLES
    from guanjian.customs.arrow import schema

    with tempfile.TemporaryDirectory(prefix="guanjian-office-") as folder:
        file = Path(folder) / f"{table}.parquet"
        parquet.write_table(pa.Table.from_pylist(list(rows), schema=schema(TABLES[table])), file)
        receipt = ingest([file], lake, table=table)
    note_batches(lake)
    return receipt.total.accepted
