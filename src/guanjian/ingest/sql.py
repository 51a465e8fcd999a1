"""Names and texts inside SQL, quoted in one place; and the DuckDB connection that every pass runs on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

MEMORY = "2GB"


def name(text: str) -> str:
    """A column's name in quotes: contract names such as `from` and `on` are SQL words."""
    return '"' + text.replace('"', '""') + '"'


def names(texts: Iterable[str]) -> str:
    """Several names, with commas."""
    return ", ".join(name(text) for text in texts)


def text(value: object) -> str:
    """A text literal."""
    return "'" + str(value).replace("'", "''") + "'"


def parquet(paths: Iterable[str | Path], more: str = "") -> str:
    """`read_parquet` over exactly these files; the month in their folder is for other readers, not for us."""
    return f"read_parquet([{', '.join(text(path) for path in paths)}], hive_partitioning = false{more})"


@contextmanager
def session(spill: Path, zone: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that stays within its memory, spills to the desk, and reads a time without zone as `zone`'s."""
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute(f"SET temp_directory = {text(spill)}")
        connection.execute(f"SET TimeZone = {text(zone)}")
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("SET partitioned_write_flush_threshold = 100000")
        connection.execute("SET disabled_optimizers = 'filter_pushdown'")
        yield connection
