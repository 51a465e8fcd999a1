"""Breaches on paper: Parquet, CSV or JSON lines by suffix, with the tally of every control beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from guanjian.kernel.errors import BadInput

SUFFIXES = (".parquet", ".csv", ".json", ".jsonl")
FORMULA = "regexp_matches({c}, '^[=+@\\t\\r-]')"


def check(path: Path) -> None:
    """`BadInput` for a name that cannot be written: asked before the work, not after."""
    if path.suffix.lower() not in SUFFIXES:
        raise BadInput(
            f"写不出“{path.name}”：请以 .parquet、.csv 或 .json 结尾。",
            f"Cannot write “{path.name}”: end it in .parquet, .csv or .json.",
        )


def write(connection: duckdb.DuckDBPyConnection, sql: str, path: Path, record: dict[str, Any]) -> list[Path]:
    """Write the rows of a query and, beside them, `<name>.run.json`; returns both paths."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kinds = connection.execute(f"DESCRIBE SELECT * FROM ({sql}) s").fetchall()
    shown = ", ".join(_cell(name, kind) if path.suffix == ".csv" else f'"{name}"' for name, kind, *_ in kinds)
    form = {".parquet": "FORMAT parquet, COMPRESSION zstd", ".csv": "FORMAT csv, HEADER"}.get(
        path.suffix, "FORMAT json"
    )
    part = path.with_name(path.name + ".part")
    place = str(part).replace("'", "''")
    connection.execute(f"COPY (SELECT {shown} FROM ({sql}) s) TO '{place}' ({form})")
    part.replace(path)
    beside = path.with_suffix(".run.json")
    beside.write_text(json.dumps(record, ensure_ascii=False, indent=1, default=str), encoding="utf-8")
    return [path, beside]


def _cell(name: str, kind: str) -> str:
    """A list becomes JSON text; a text that a spreadsheet would compute gets a quote in front."""
    column = f'"{name}"'
    if kind.endswith("[]"):
        return f"CAST(to_json({column}) AS varchar) AS {column}"
    if kind != "VARCHAR":
        return column
    return f"CASE WHEN {FORMULA.format(c=column)} THEN '''' || {column} ELSE {column} END AS {column}"
