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
class Parts:
    """A source laid on the disk: `pieces` of whole objects, and all of them as `one`."""

    pieces: list[Source]
    one: Source


def counted(connection: duckdb.DuckDBPyConnection, source: Source) -> int:
    """How many events a source has."""
    return connection.execute(f"SELECT count(*) FROM ({source.sql}) s").fetchall()[0][0]


def last_moment(connection: duckdb.DuckDBPyConnection, source: Source) -> str:
    """The last moment on the local clock (empty without events): an open time limit is judged at that of the whole."""
    asked = f"SELECT strftime(max({local(source, 'at')}), '%Y-%m-%d %H:%M:%S.%f') FROM ({source.sql}) s"
    return connection.execute(asked).fetchall()[0][0] or ""


def columns_of(source: Source, wanted: Mapping[str, str]) -> list[str]:
    """The columns of a source that a log with these further columns is arranged from."""
    meanings = [name for name in (*ALWAYS, *wanted) if source.has(name)]
    return list(dict.fromkeys(source.columns[name] for name in meanings))


@contextmanager
def parts(
    connection: duckdb.DuckDBPyConnection, source: Source, wanted: Mapping[str, str], key: str, many: int
) -> Iterator[Parts]:
    """The source in so many parts, all rows of one `key` in one of them, with no more columns than are wanted."""
    with tempfile.TemporaryDirectory(prefix="guanjian-") as folder:
        shown = ", ".join(map(quoted, columns_of(source, wanted)))
        place = folder.replace("'", "''")
        connection.execute(
            f"COPY (SELECT {shown}, hash({quoted(key)}) % {many} AS log_part FROM ({source.sql}) s) "
            f"TO '{place}' (FORMAT parquet, PARTITION_BY (log_part), OVERWRITE_OR_IGNORE)"
        )
        found = [_read(f"{place}/{each.name}") for each in sorted(Path(folder).glob("log_part=*"))]
        whole = replace(source, sql=_together(found))
        whole = replace(whole, as_of=last_moment(connection, whole))
        ordered = [f"SELECT * FROM ({sql}) s ORDER BY {_order(source)}" for sql in found]
        yield Parts([replace(whole, sql=sql) for sql in ordered], replace(whole, sql=_together(ordered)))


def _read(folder: str) -> str:
    return f"SELECT * FROM read_parquet('{folder}/*.parquet', hive_partitioning = false)"


def _order(source: Source) -> str:
    """Objects together, each in the order of time: an arranged log need not be sorted again. Hashes sort faster than names;
    should two be alike, the log sees that their objects do not lie together."""
    named = {name: quoted(source.columns[name]) for name in ("object_id", "at", "event_id") if source.has(name)}
    return ", ".join([f"hash({named.pop('object_id')})", *named.values()])


def _together(pieces: list[str]) -> str:
    return " UNION ALL ".join(f"({sql})" for sql in pieces)


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
