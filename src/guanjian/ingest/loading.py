"""One table of one import: rows that break the contract set aside, known rows recognised, the rest written by month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from guanjian.customs import Table
from guanjian.ingest import quarantine, sql
from guanjian.ingest.chunk import Chunk
from guanjian.ingest.publish import Desk
from guanjian.ingest.receipt import Counts

SHANGHAI_MICROSECONDS = 8 * 3600 * 1_000_000


@dataclass
class Loading:
    """`existing` are the files that the lake has of this table."""

    connection: duckdb.DuckDBPyConnection
    desk: Desk
    table: Table
    chunks: list[Chunk]
    existing: list[str]
    told: Callable[[str, int], None]  # after each chunk: the table and the rows that are done
    quarantined: dict[str, int] = field(default_factory=dict)  # by file

    @property
    def folder(self) -> Path:
        """Where the table's files are prepared."""
        return self.desk.data / self.table.name

    def run(self) -> Counts:
        """Write what is to be written, and count."""
        self.folder.mkdir(parents=True, exist_ok=True)
        suspected = self._suspect()
        if suspected:
            self._hold()
        accepted = sum(self._copy(number, chunk, suspected) for number, chunk in enumerate(self.chunks))
        held = self._count("held") if suspected else 0
        kept, revisions = self._resolve() if held else (0, 0)
        read = sum(raw.read for chunk in self.chunks for raw in chunk.raws)
        aside = 0
        if read > accepted + held:
            aside = sum(self._set_aside(number, chunk) for number, chunk in enumerate(self.chunks))
        counts = Counts(read, accepted + kept, aside, held - kept, revisions)
        if not counts.adds_up or read != accepted + held + aside:
            raise AssertionError(f"{self.table.name}: {counts} does not add up ({accepted} written, {held} held)")
        return counts

    @property
    def _key(self) -> str:
        return f"hash({sql.names(self.table.identity)})"

    def _suspect(self) -> bool:
        """Hashes of keys that come twice here, or were here before: only their rows need a closer look."""
        rows = " UNION ALL ".join(f"SELECT {self._key} AS h FROM ({chunk.typed()})" for chunk in self.chunks)
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE suspects AS SELECT h FROM ({rows}) GROUP BY h HAVING count(*) > 1"
        )
        if self.existing:
            self.connection.execute(
                f"INSERT INTO suspects SELECT DISTINCT h FROM (SELECT {self._key} AS h FROM {sql.parquet(self.existing)}) "
                f"WHERE h IN (SELECT h FROM ({rows})) AND h NOT IN (SELECT h FROM suspects)"
            )
        return self._count("suspects") > 0

    def _count(self, table: str) -> int:
        return self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    def _copy(self, number: int, chunk: Chunk, suspected: bool) -> int:
        """Sound rows of keys that nobody suspects go straight into their months."""
        unsuspected = f" AND {self._key} NOT IN (SELECT h FROM suspects)" if suspected else ""
        rows = (
            f"SELECT {sql.names(self.table.names)}, CAST(0 AS BIGINT) AS revision "
            f"FROM ({chunk.typed()}) WHERE __problem = 0{unsuspected}"
        )
        count = self._write(rows, f"{number:04d}")
        self.told(self.table.name, chunk.rows)
        return count

    def _hold(self) -> None:
        rows = " UNION ALL ".join(
            f"SELECT {sql.names(self.table.names)}, __place FROM ({chunk.typed()}) "
            f"WHERE __problem = 0 AND {self._key} IN (SELECT h FROM suspects)"
            for chunk in self.chunks
        )
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE held AS {rows}")

    def _resolve(self) -> tuple[int, int]:
        """Of the rows held: the same content as just before is a duplicate, other content the next revision of its key."""
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE judged AS {self._judgement()}")
        names = sql.names(self.table.names)
        kept = self._write(f"SELECT {names}, revision FROM judged WHERE revision = 0", "s")
        revisions = self._write(f"SELECT {names}, revision FROM judged WHERE revision > 0", "r")
        return kept + revisions, revisions

    def _judgement(self) -> str:
        names, keys = sql.names(self.table.names), sql.names(self.table.identity)
        rest = [name for name in self.table.names if name not in self.table.identity]
        content = f"row({sql.names(rest)})" if rest else "true"
        return f"""
            SELECT {names}, first_known + sum(CAST(changed AS BIGINT))
                       OVER (PARTITION BY {keys} ORDER BY __place ROWS UNBOUNDED PRECEDING) AS revision, __place, changed
            FROM (SELECT *, first_value(known) OVER w AS first_known,
                         row_number() OVER w > 1 AND {content} IS DISTINCT FROM lag({content}) OVER w AS changed,
                         row_number() OVER w = 1 AS first
                  FROM (SELECT {names}, __place, CAST(0 AS BIGINT) AS known FROM held UNION ALL {self._known()})
                  WINDOW w AS (PARTITION BY {keys} ORDER BY __place))
            QUALIFY __place >= 0 AND (first OR changed)"""

    def _known(self) -> str:
        """The newest revision in the lake of every key held, placed before all rows of this import."""
        names, keys = sql.names(self.table.names), sql.names(self.table.identity)
        if not self.existing:
            return f"SELECT {names}, __place, 0 FROM held WHERE false"
        return (
            f"SELECT {names}, -1, revision FROM {sql.parquet(self.existing)} WHERE {self._key} IN (SELECT h FROM suspects) "
            f"QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY revision DESC) = 1"
        )

    def _write(self, rows: str, label: str) -> int:
        """The rows as Parquet below the months that they belong to; how many there were."""
        more, month = "FORMAT parquet, COMPRESSION zstd", self._month()
        if not month:
            target = self.folder / "month=none"
            target.mkdir(exist_ok=True)
            path = target / f"{self.desk.batch}-{label}.parquet"
            (count,) = self.connection.execute(f"COPY ({rows}) TO {sql.text(path)} ({more})").fetchone()
            if not count:
                path.unlink()
            return count
        own = "month" in self.table.names
        listed = rows if own else f"SELECT *, {month} AS month FROM ({rows})"
        (count,) = self.connection.execute(
            f"COPY ({listed}) TO {sql.text(self.folder)} ({more}, PARTITION_BY (month), OVERWRITE_OR_IGNORE, "
            f"WRITE_PARTITION_COLUMNS {own}, FILENAME_PATTERN {sql.text(f'{self.desk.batch}-{label}_{{i}}')})"
        ).fetchone()
        return count

    def _month(self) -> str:
        """SQL of the month in Shanghai, which has kept UTC+8 since 1991; nothing for a table without time."""
        if not self.table.month_of:
            return ""
        column = sql.name(self.table.month_of)
        match self.table.column(self.table.month_of).type:
            case "ts":
                return f"strftime(make_timestamp(epoch_us({column}) + {SHANGHAI_MICROSECONDS}), '%Y-%m')"
            case "date":
                return f"strftime({column}, '%Y-%m')"
            case _:
                return column

    def _set_aside(self, number: int, chunk: Chunk) -> int:
        by_file = quarantine.write(self.connection, self.desk, chunk, number)
        for file, count in by_file.items():
            self.quarantined[file] = self.quarantined.get(file, 0) + count
        return sum(by_file.values())
