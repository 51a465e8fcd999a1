"""JSON Lines: one object a line, packed with gzip or not. Numbers keep their digits; what is no object is set aside."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv as pcsv

from guanjian.ingest import sql
from guanjian.ingest.raw import LINE, RESERVED, WHOLE, Form, Raw
from guanjian.ingest.spool import spool
from guanjian.ingest.text import LINE_LIMIT, Look, Utf8, blocks
from guanjian.kernel.errors import BadInput

SUFFIXES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
TEXT = True
MOST_COLUMNS = 1000
# A JSON parser reads numbers as doubles: more than fifteen digits are quoted first, so that amounts stay exact.
LONG_NUMBER = r"(:\s*)(-?[0-9][0-9.]{15,})(\s*[,}])"


def read(path: Path, scratch: Path, form: Form) -> Raw:
    """Every key becomes a column of text; a nested value is its JSON."""
    _refuse_array(path)
    lines = scratch / "lines.parquet"
    spool(_lines(path, form.look), pa.schema([(WHOLE, pa.string())]), lines)
    with duckdb.connect() as connection:
        return _split(connection, path, lines, scratch)


def _lines(path: Path, look: Look):
    return pcsv.open_csv(
        Utf8(path, look.encoding),
        read_options=pcsv.ReadOptions(use_threads=False, block_size=4 * LINE_LIMIT, column_names=[WHOLE]),
        parse_options=pcsv.ParseOptions(delimiter="\x01", quote_char=False, ignore_empty_lines=False),
        convert_options=pcsv.ConvertOptions(column_types={WHOLE: pa.string()}, null_values=[]),
    )


def _refuse_array(path: Path) -> None:
    head = next(blocks(path)).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"["):
        raise BadInput(
            f"{path.name} 是一个 JSON 数组；请改为每行一个对象（JSON Lines）。",
            f"{path.name} is one JSON array; write one object a line (JSON Lines).",
        )


def _split(connection: duckdb.DuckDBPyConnection, path: Path, lines: Path, scratch: Path) -> Raw:
    target, aside = scratch / "rows.parquet", scratch / "broken.parquet"
    connection.execute("SET memory_limit = '1GB'")
    connection.execute(
        f"""CREATE VIEW rows AS SELECT file_row_number + 1 AS "{LINE}", "{WHOLE}",
            CASE WHEN json_valid("{WHOLE}") THEN json_type("{WHOLE}") = 'OBJECT' ELSE false END AS sound
            FROM read_parquet({sql.text(lines)}, file_row_number = true) WHERE trim("{WHOLE}") <> ''"""
    )
    found = connection.execute(f'SELECT DISTINCT unnest(json_keys("{WHOLE}")) FROM rows WHERE sound').fetchall()
    names = sorted(name for (name,) in found)
    _refuse_names(path, names)
    columns = "".join(f", found[{n}] AS {sql.name(name)}" for n, name in enumerate(names, 1))
    pointers = "[" + ", ".join(sql.text(_pointer(name)) for name in names) + "]"
    rows = _copied(
        connection,
        f"""SELECT "{LINE}", "{WHOLE}"{columns} FROM (SELECT *, json_extract_string({_exact()}, {pointers}) AS found
            FROM rows WHERE sound)""",
        target,
    )
    broken = _copied(connection, f"""SELECT "{LINE}" AS line, 'json' AS reason, "{WHOLE}" AS row FROM rows
            WHERE NOT sound""", aside)  # fmt: skip
    return Raw(path, target, dict.fromkeys(names, "VARCHAR"), rows, aside if broken else None, broken, keeps_whole=True)


def _copied(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> int:
    (count,) = connection.execute(f"COPY ({query}) TO {sql.text(target)} (FORMAT parquet, COMPRESSION lz4)").fetchone()
    return count


def _exact() -> str:
    quoted = rf"""regexp_replace("{WHOLE}", '{LONG_NUMBER}', '\1"\2"\3', 'g')"""
    return (
        f"""CASE WHEN regexp_matches("{WHOLE}", '{LONG_NUMBER}') AND json_valid({quoted}) """
        f"""THEN {quoted} ELSE "{WHOLE}" END"""
    )


def _refuse_names(path: Path, names: list[str]) -> None:
    if not names:
        raise BadInput(
            f"{path.name} 中没有一行是 JSON 对象；请每行写一个对象（JSON Lines）。",
            f"No line of {path.name} is a JSON object; write one object a line (JSON Lines).",
        )
    folded = [name.casefold() for name in names]
    if len(names) > MOST_COLUMNS or len(set(folded)) < len(folded) or set(folded) & set(RESERVED):
        raise BadInput(
            f"{path.name} 的键名有重复（不分大小写）、保留名，或超过 {MOST_COLUMNS} 个。",
            f"{path.name} has keys that differ only in case, reserved ones, or more than {MOST_COLUMNS}.",
        )


def _pointer(name: str) -> str:
    return "/" + name.replace("~", "~0").replace("/", "~1")
