"""The lake: Parquet by table and month, batches that are whole or absent, and what was known at any time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from guanjian.customs import TABLES, Table
from guanjian.customs.arrow import DUCKDB
from guanjian.ingest import publish as publishing
from guanjian.ingest import sql
from guanjian.ingest.manifest import Manifest, Stored, read_all, write_durably
from guanjian.ingest.publish import Desk
from guanjian.ingest.reasons import QUARANTINE
from guanjian.kernel.errors import BadInput, NotFound, Stale
from guanjian.kernel.workdays import CHINA

MARK = "lake.json"


class Lake:
    """A folder of facts. Reading needs nothing but the manifests; writing goes through `writing` and `publish`."""

    def __init__(self, root: Path, manifests: list[Manifest]) -> None:
        self.root = root
        self._manifests = manifests

    @classmethod
    def open(cls, path: str | Path, create: bool = False) -> Lake:
        """The lake in this folder, swept of what a killed import left, if nobody is writing just now."""
        root = Path(path).absolute()
        if not (root / MARK).is_file():
            _begin(root, create)
        if any((root / "staging").glob("*")):
            _sweep_if_idle(root)
        return cls(root, read_all(root / "manifest"))

    def refresh(self) -> None:
        """See the batches that were published since the lake was opened."""
        self._manifests = read_all(self.root / "manifest")

    def batches(self, as_of: datetime | date | str | None = None) -> list[Manifest]:
        """The published batches, oldest first."""
        moment = moment_of(as_of)
        return [m for m in self._manifests if moment is None or m.learned_at <= moment]

    def tables(self) -> list[str]:
        """The tables that have data."""
        return sorted({name for m in self._manifests for name, stored in m.tables.items() if stored.base})

    def files(self, table: str, as_of: datetime | date | str | None = None) -> list[str]:
        """Every file of a table, revisions after what they revise."""
        base, revised = self._stored(table, as_of)
        return base + revised

    def select(self, table: str, as_of: datetime | date | str | None = None) -> str:
        """A DuckDB SELECT of the contract's columns: the newest revision of every key, or what was known at `as_of`."""
        shape = _table(table)
        base, revised = self._stored(table, as_of)
        if not base:
            return _nothing(shape)
        if not revised:
            return f"SELECT {sql.names(shape.names)} FROM {sql.parquet(base)}"
        return _newest(shape, base, revised)

    def quarantine(self) -> str:
        """A DuckDB SELECT of every row that was set aside, whole, with its file, line, column and reason."""
        found = [str(self.root / path) for m in self._manifests for path in m.quarantine]
        if found:
            return f"SELECT {sql.names(QUARANTINE)} FROM {sql.parquet(found)}"
        typed = ", ".join(f'CAST(NULL AS {"BIGINT" if n == "line" else "VARCHAR"}) AS "{n}"' for n in QUARANTINE)
        return f"SELECT {typed} WHERE false"

    @contextmanager
    def writing(self, batch: str) -> Iterator[Desk]:
        """Be the only writer, see everything published so far, and have a clean desk for this batch."""
        with publishing.only_writer(self.root):
            publishing.sweep(self.root)
            self.refresh()
            with publishing.desk_for(self.root, batch) as desk:
                yield desk

    def publish(self, desk: Desk, manifest: Manifest) -> None:
        """The batch exists from this moment on; `Stale` when it was there before."""
        if any(known.batch == manifest.batch for known in self._manifests):
            raise Stale(f"批次 {manifest.batch} 已在数据湖中。", f"Batch {manifest.batch} is in the lake already.")
        publishing.publish(self.root, desk, manifest)
        self._manifests.append(manifest)

    def next_moment(self) -> datetime:
        """Now, or just after the newest batch if the clock went back: the order of batches is the order of knowing."""
        last = max((m.learned_at for m in self._manifests), default=datetime.min.replace(tzinfo=UTC))
        return max(datetime.now(UTC), last + timedelta(microseconds=1))

    def _stored(self, table: str, as_of: datetime | date | str | None) -> tuple[list[str], list[str]]:
        known = [m.tables.get(table, Stored()) for m in self.batches(as_of)]
        base = [str(self.root / path) for stored in known for path in stored.base]
        return base, [str(self.root / path) for stored in known for path in stored.revised]


def _begin(root: Path, create: bool) -> None:
    if root.is_file() or (root.is_dir() and any(root.iterdir())):
        raise BadInput(
            f"{root} 不是数据湖，也不是空目录，请换一个目录。",
            f"{root} is not a lake and not empty; name another folder.",
        )
    if not create:
        raise NotFound(f"没有数据湖 {root}，请先导入数据。", f"There is no lake at {root}; import something first.")
    for folder in ("manifest", "staging", "quarantine"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    write_durably(root / MARK, '{"format": 1}\n')


def _sweep_if_idle(root: Path) -> None:
    try:
        with publishing.only_writer(root, wait_seconds=0):
            publishing.sweep(root)
    except (Stale, PermissionError):
        return  # somebody is writing, or we may only read: manifests alone decide what is seen


def _table(name: str) -> Table:
    if name not in TABLES:
        raise NotFound(f"数据契约中没有“{name}”这张表。", f"The data contract has no table “{name}”.")
    return TABLES[name]


def _nothing(table: Table) -> str:
    typed = ", ".join(f'CAST(NULL AS {DUCKDB[c.type]}) AS "{c.name}"' for c in table.columns)
    return f"SELECT {typed} WHERE false"


def _newest(table: Table, base: list[str], revised: list[str]) -> str:
    """Few keys are ever revised: a small table of their newest revision drops what is older, without any window."""
    keys = sql.names(table.identity)
    newest = f"(SELECT {keys}, max(revision) AS revision FROM {sql.parquet(revised)} GROUP BY ALL)"
    return (
        f"SELECT {sql.names(table.names)} FROM {sql.parquet(base)} ANTI JOIN {newest} USING ({keys}) UNION ALL "
        f"SELECT {sql.names(table.names)} FROM {sql.parquet(revised)} SEMI JOIN {newest} USING ({keys}, revision)"
    )


def moment_of(as_of: datetime | date | str | None) -> datetime | None:
    """The last instant that `as_of` covers: a date means its end in Shanghai, a time without zone is Shanghai's."""
    if isinstance(as_of, str):
        as_of = date.fromisoformat(as_of) if len(as_of) == 10 else datetime.fromisoformat(as_of)
    if isinstance(as_of, datetime):
        return as_of if as_of.tzinfo else as_of.replace(tzinfo=CHINA)
    if isinstance(as_of, date):
        return datetime.combine(as_of + timedelta(days=1), time(), CHINA) - timedelta(microseconds=1)
    return None
