"""Findings on paper: Parquet, CSV or JSON by suffix, with the record of the run beside them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from guanjian.engine.run import Run
from guanjian.kernel.errors import BadInput
from guanjian.kernel.papers import Finding, Level, Subject

COLUMNS = {
    "code": pa.string(),
    "unit_code": pa.string(),
    "line_code": pa.string(),
    "subject_type": pa.string(),
    "subject_id": pa.string(),
    "period": pa.string(),
    "score": pa.float64(),
    "p_value": pa.float64(),
    "q_value": pa.float64(),
    "level": pa.string(),
    "explanation": pa.string(),
    "evidence": pa.string(),
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(run: Run, path: Path) -> list[Path]:
    """Write the findings and, beside them, `<name>.run.json`; returns both paths."""
    check(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    WRITERS[path.suffix.lower()](run, path)
    record = path.with_suffix(".run.json")
    record.write_text(json.dumps(run.record, ensure_ascii=False, indent=2), encoding="utf-8")
    return [path, record]


def check(path: Path) -> None:
    """`BadInput` for a suffix that cannot be written: asked before hours of work, not after."""
    if path.suffix.lower() not in WRITERS:
        raise BadInput(
            f"无法写出“{path.name}”：请用 .parquet、.csv 或 .json 作后缀。",
            f"Cannot write “{path.name}”: end the name in .parquet, .csv or .json.",
        )


def row(finding: Finding) -> dict:
    """A finding in the twelve columns; evidence is JSON text."""
    values = {name: getattr(finding, name) for name in COLUMNS}
    evidence = json.dumps(finding.evidence, ensure_ascii=False, sort_keys=True, default=str)
    return values | {
        "subject_type": str(finding.subject_type),
        "level": str(finding.level),
        "evidence": evidence,
    }


def read(path: Path) -> list[Finding]:
    """The findings of a Parquet file that `write` made."""
    table = pq.read_table(path)
    run_id = (table.schema.metadata or {}).get(b"run_id", b"").decode()
    return [
        Finding(
            **row
            | {
                "subject_type": Subject(row["subject_type"]),
                "level": Level(row["level"]),
                "evidence": json.loads(row["evidence"]),
                "run_id": run_id,
            }
        )
        for row in table.to_pylist()
    ]


def _rows(run: Run) -> Iterable[dict]:
    return map(row, run.findings)


def _parquet(run: Run, path: Path) -> None:
    schema = pa.schema(list(COLUMNS.items()), metadata={"run_id": run.run_id})
    pq.write_table(pa.Table.from_pylist(list(_rows(run)), schema=schema), path, compression="zstd")


def _csv(run: Run, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(COLUMNS))
        writer.writeheader()
        for each in _rows(run):
            writer.writerow({name: harmless(value) for name, value in each.items()})


def _json(run: Run, path: Path) -> None:
    told = [each | {"evidence": json.loads(each["evidence"])} for each in _rows(run)]
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


WRITERS = {".parquet": _parquet, ".csv": _csv, ".json": _json}


def harmless(value: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
