"""A small lake made of rows written down in a test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet

from guanjian.customs import TABLES
from guanjian.customs.arrow import schema
from guanjian.ingest.importing import ingest
from guanjian.ingest.lake import Lake


def small_lake(folder: Path, **tables: list[dict[str, Any]]) -> Path:
    """A lake in this folder with these rows; a column that a row leaves out is empty."""
    lake = Lake.open(folder / "lake", create=True)
    for name, rows in tables.items():
        whole = [{column: row.get(column) for column in TABLES[name].names} for row in rows]
        file = folder / f"{name}.parquet"
        parquet.write_table(pa.Table.from_pylist(whole, schema=schema(TABLES[name])), file)
        receipt = ingest([file], lake, table=name)
        assert receipt.total.accepted == len(rows), receipt
    return lake.root
