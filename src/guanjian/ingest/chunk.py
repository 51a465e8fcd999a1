"""A chunk: files of one table that are read in the same way, as one query that types every value and judges every row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb

from guanjian.customs import Table
from guanjian.ingest import reading, reasons, sql
from guanjian.ingest.mapping import Mapping
from guanjian.ingest.raw import LINE, WHOLE, Raw
from guanjian.ingest.reasons import Reason
from guanjian.ingest.translate import expressions

FILE_SPAN = 1 << 40  # more lines than a file has: order of files first, of lines second
CHUNK_ROWS = 4_000_000


@dataclass(frozen=True)
class Chunk:
    """`kinds` are the DuckDB types of the given values. Order matters only where a key comes twice."""

    table: Table
    raws: tuple[Raw, ...]
    given: dict[str, str]
    kinds: dict[str, str]
    first: int

    @property
    def rows(self) -> int:
        """How many rows are judged; broken lines are no rows."""
        return sum(raw.rows for raw in self.raws)

    @cached_property
    def _judgement(self) -> tuple[str, list[Reason]]:
        whens, why = [], []
        for number, column in enumerate(self.table.columns):
            raw, typed = f"r{number}", f"v{number}"
            there = reading.given(raw, self.kinds[column.name])
            if not column.optional:
                whens.append(f"WHEN {there} IS NOT TRUE")
                why.append(reasons.missing(column))
            whens.append(f"WHEN {there} AND {typed} IS NULL")
            why.append(reasons.unreadable(column))
            if rule := reading.broken_rule(column, typed):
                whens.append(f"WHEN {rule}")
                why.append(reasons.against_rule(column))
        return "CASE " + " ".join(f"{when} THEN {n}" for n, when in enumerate(whens, 1)) + " ELSE 0 END", why

    @property
    def why(self) -> list[Reason]:
        """What the numbers in the column `problem` of `typed()` stand for, beginning with 1."""
        return self._judgement[1]

    def typed(self) -> str:
        """A SELECT of the contract's columns and `problem`, `file`, `line`, `place`, `whole` behind two underscores."""
        raws = ", ".join(f"{self.given[c.name]} AS r{n}" for n, c in enumerate(self.table.columns))
        values = ", ".join(
            f"{reading.value(c, f'r{n}', self.kinds[c.name])} AS v{n}" for n, c in enumerate(self.table.columns)
        )
        named = ", ".join(f"v{n} AS {sql.name(c.name)}" for n, c in enumerate(self.table.columns))
        return (
            f"SELECT {named}, {self._judgement[0]} AS __problem, __file, __line, "
            f"__nth * {FILE_SPAN} + __line AS __place, __whole "
            f"FROM (SELECT *, {values} FROM (SELECT {raws}, {self._standing()} FROM {self._source()}))"
        )

    def _source(self) -> str:
        paths = [raw.parquet for raw in self.raws]
        return sql.parquet(paths, "" if self.raws[0].spooled else ", file_row_number = true, filename = true")

    def _standing(self) -> str:
        """Where each row stood, and the whole of it as it was given."""
        raw = self.raws[0]
        pairs = ", ".join(
            f"{sql.text(name)}, {reading.as_text(sql.name(name), kind)}" for name, kind in raw.columns.items()
        )
        whole = sql.name(WHOLE) if raw.keeps_whole else f"CAST(json_object({pairs}) AS VARCHAR)"
        if raw.spooled:
            return f"{sql.text(raw.origin)} AS __file, {sql.name(LINE)} AS __line, {self.first} AS __nth, {whole} AS __whole"
        listed = "[" + ", ".join(sql.text(each.parquet) for each in self.raws) + "]"
        nth = f"{self.first} - 1 + list_position({listed}, filename)" if len(self.raws) > 1 else str(self.first)
        return f"filename AS __file, file_row_number + 1 AS __line, {nth} AS __nth, {whole} AS __whole"


def chunks(
    connection: duckdb.DuckDBPyConnection, table: Table, raws: Iterable[Raw], mapping: Mapping | None
) -> list[Chunk]:
    """The files in their order; neighbours that are read in the same way share a chunk, up to a few million rows."""
    made: list[Chunk] = []
    for number, raw in enumerate(raws):
        given = expressions(table, raw, mapping)
        last = made[-1] if made else None
        alike = last and not raw.spooled and not last.raws[0].spooled and last.raws[0].columns == raw.columns
        if alike and last.given == given and last.rows + raw.rows <= CHUNK_ROWS:
            made[-1] = Chunk(table, (*last.raws, raw), given, last.kinds, last.first)
        else:
            made.append(Chunk(table, (raw,), given, _kinds(connection, raw.parquet, given), number))
    return made


def _kinds(connection: duckdb.DuckDBPyConnection, parquet: Path, given: dict[str, str]) -> dict[str, str]:
    listed = ", ".join(f"{expression} AS {sql.name(name)}" for name, expression in given.items())
    described = connection.execute(f"DESCRIBE SELECT {listed} FROM {sql.parquet([parquet])}").fetchall()
    return {name: kind for name, kind, *_ in described}
