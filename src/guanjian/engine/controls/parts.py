"""A log that is too large for the memory, laid on the disk once in parts of whole objects, and asked part by part."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from guanjian.engine.controls.log import local
from guanjian.engine.controls.run import Tally
from guanjian.engine.controls.source import Source, quoted

ALWAYS = ("object_id", "activity", "at", "officer_id", "event_id", "post")


@dataclass(frozen=True)
class Extent:
    """How many events a source has, and its last moment on the local clock (empty without events)."""

    events: int
    last: str


def extent(connection: duckdb.DuckDBPyConnection, source: Source) -> Extent:
    """What must be known of the whole before it is taken apart: an open time limit is judged at its last moment."""
    asked = f"SELECT count(*), strftime(max({local(source, 'at')}), '%Y-%m-%d %H:%M:%S.%f') FROM ({source.sql}) s"
    events, last = connection.execute(asked).fetchall()[0]
    return Extent(events, last or "")


def columns_of(source: Source, wanted: Mapping[str, str]) -> list[str]:
    """The columns of a source that a log with these further columns is arranged from."""
    meanings = [name for name in (*ALWAYS, *wanted) if source.has(name)]
    return list(dict.fromkeys(source.columns[name] for name in meanings))


@contextmanager
def parts(
    connection: duckdb.DuckDBPyConnection, source: Source, wanted: Mapping[str, str], key: str, many: int
) -> Iterator[list[Source]]:
    """The source in so many parts, all rows of one `key` in one of them, with no more columns than are wanted."""
    with tempfile.TemporaryDirectory(prefix="guanjian-") as folder:
        shown = ", ".join(map(quoted, columns_of(source, wanted)))
        place = folder.replace("'", "''")
        connection.execute(
            f"COPY (SELECT {shown}, hash({quoted(key)}) % {many} AS log_part FROM ({source.sql}) s) "
            f"TO '{place}' (FORMAT parquet, PARTITION_BY (log_part), OVERWRITE_OR_IGNORE)"
        )
        found = sorted(Path(folder).glob("log_part=*"))
        yield [
            replace(source, sql=f"SELECT * FROM read_parquet('{each}/*.parquet', hive_partitioning = false)")
            for each in found
        ]


def summed(tallies: Iterable[Sequence[Tally]]) -> list[Tally]:
    """The tallies of all parts; untestable objects add up in `log_results`, so the last part has counted them all."""
    return [
        Tally(
            of[0].code,
            sum(tally.objects for tally in of),
            sum(tally.breached for tally in of),
            max(tally.untestable for tally in of),
            of[0].missing,
            sum(tally.seconds for tally in of),
        )
        for of in zip(*tallies, strict=True)
    ]
