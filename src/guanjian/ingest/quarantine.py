"""Rows that break the contract are set aside whole and unchanged, with the file, the line, the column and the reason."""

from __future__ import annotations

import duckdb

from guanjian.ingest import sql
from guanjian.ingest.chunk import Chunk
from guanjian.ingest.publish import Desk
from guanjian.ingest.raw import Raw
from guanjian.ingest.reasons import BROKEN, QUARANTINE


def write(connection: duckdb.DuckDBPyConnection, desk: Desk, chunk: Chunk, number: int) -> dict[str, int]:
    """Set aside what is unsound in these files; how many rows of each file."""
    folder = desk.data / "quarantine"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{desk.batch}-{chunk.table.name}-{number:04d}.parquet"
    parts = [_unsound(chunk)] + [_broken(raw) for raw in chunk.raws if raw.broken]
    about = f"{sql.text(desk.batch)} AS batch, {sql.text(chunk.table.name)} AS {sql.name('table')}"
    rows = f"SELECT {about}, {sql.names(QUARANTINE[2:])} FROM ({' UNION ALL '.join(parts)})"
    connection.execute(f"COPY ({rows}) TO {sql.text(path)} (FORMAT parquet, COMPRESSION zstd)")
    counted = connection.execute(f"SELECT file, count(*) FROM {sql.parquet([path])} GROUP BY file").fetchall()
    if not counted:
        path.unlink()
    return dict(counted)


def summary(connection: duckdb.DuckDBPyConnection, paths: list[str], most: int = 50) -> list[dict[str, str | int]]:
    """The commonest reasons, for the receipt."""
    if not paths:
        return []
    names = ("table", "column", "reason", "reason_zh", "reason_en")
    rows = connection.execute(
        f"SELECT {sql.names(names)}, count(*) AS n, min(file), arg_min(line, (file, line)) FROM {sql.parquet(paths)} "
        f"GROUP BY {sql.names(names)} ORDER BY n DESC, 1, 2, 3 LIMIT {most}"
    ).fetchall()
    return [dict(zip((*names, "rows", "first_file", "first_line"), row, strict=True)) for row in rows]


def _unsound(chunk: Chunk) -> str:
    why = ", ".join(
        f"({n}, {sql.text(r.column)}, {sql.text(r.kind)}, {sql.text(r.text.zh)}, {sql.text(r.text.en)})"
        for n, r in enumerate(chunk.why, 1)
    )
    told = 'why.why_column AS "column", why.reason, why.reason_zh, why.reason_en'
    return (
        f"SELECT __file AS file, __line AS line, {told}, __whole AS row FROM ({chunk.typed()}) "
        f"JOIN (VALUES {why}) AS why(n, why_column, reason, reason_zh, reason_en) ON why.n = __problem"
    )


def _broken(raw: Raw) -> str:
    why = ", ".join(f"({sql.text(kind)}, {sql.text(t.zh)}, {sql.text(t.en)})" for kind, t in BROKEN.items())
    return (
        f"SELECT {sql.text(raw.origin)}, line, '', reason, reason_zh, reason_en, row "
        f"FROM {sql.parquet([raw.broken])} JOIN (VALUES {why}) AS why(reason, reason_zh, reason_en) USING (reason)"
    )
