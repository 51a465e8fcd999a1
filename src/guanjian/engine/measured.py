"""A measurement on paper: Parquet or CSV by suffix, with the record of the run beside it."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from guanjian.engine.measure import Measured
from guanjian.engine.paper import harmless
from guanjian.engine.reading import Reading
from guanjian.engine.run import VERSIONED, hash_of
from guanjian.engine.session import Session
from guanjian.kernel.errors import BadInput

SUFFIXES = (".parquet", ".csv")


def check(path: Path) -> None:
    """`BadInput` for a suffix that cannot be written: asked before hours of work, not after."""
    if path.suffix.lower() not in SUFFIXES:
        raise BadInput(
            f"无法写出“{path.name}”：请用 .parquet 或 .csv 作后缀。",
            f"Cannot write “{path.name}”: end the name in .parquet or .csv.",
        )


def write(table: pa.Table, path: Path, record: Mapping[str, Any]) -> list[Path]:
    """Write a table and, beside it, `<name>.run.json`; returns both paths."""
    put(table.to_pandas(), path, table.schema)
    beside = path.with_suffix(".run.json")
    beside.write_text(json.dumps(record, ensure_ascii=False, indent=2), encoding="utf-8")
    return [path, beside]


def put(frame: pd.DataFrame, path: Path, schema: pa.Schema | None = None) -> Path:
    """Write one frame by the suffix of its path; a text that a spreadsheet would take for a formula stays a text."""
    check(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".parquet":
        table = pa.Table.from_pandas(frame, schema, preserve_index=False).replace_schema_metadata()
        pq.write_table(table, path, compression="zstd")
    else:
        texts = {name: frame[name].map(harmless) for name in frame.columns if frame[name].dtype.kind not in "biuf"}
        frame.assign(**texts).to_csv(path, index=False, encoding="utf-8-sig")
    return path


def record(session: Session, done: Measured, parameters: Mapping[str, Any], cost: Reading) -> dict[str, Any]:
    """What is needed to repeat the measurement, and what it cost."""
    return {
        "measured_at": datetime.now(UTC).isoformat(),
        "as_of": str(session.as_of) if session.as_of else None,
        "lake": {"batches": session.batches_used, "sha256": hash_of(session.batches_used)},
        "parameters": dict(parameters),
        "versions": {name: importlib.metadata.version(name) for name in VERSIONED},
        "rows": done.table.num_rows,
        "scans": [{"codes": r.scan.codes, "seconds": round(r.seconds, 3)} for r in done.scans],
        "unclear": {code: text.zh for code, text in done.unclear.items()},
        "bytes": {"together": cost.together, "alone": cost.alone, "lake": cost.lake},
    }
