"""The import itself: what was given, into the lake, as one batch that is there as a whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from guanjian.customs import TABLES
from guanjian.ingest import quarantine, sources, sql
from guanjian.ingest.chunk import chunks
from guanjian.ingest.lake import Lake
from guanjian.ingest.loading import Loading
from guanjian.ingest.manifest import Manifest, Stored
from guanjian.ingest.mapping import Mapping
from guanjian.ingest.plan import Work, find
from guanjian.ingest.publish import Desk
from guanjian.ingest.raw import Form, Raw
from guanjian.ingest.receipt import Counts, Receipt
from guanjian.ingest.text import Look
from guanjian.ingest.translate import ignored
from guanjian.ingest.trouble import troubles
from guanjian.ingest.unknown import unknown_codes
from guanjian.kernel.words import Text

Progress = Callable[[Text, float], None]  # what is being done, and which share of all is done
CHINA = "Asia/Shanghai"
NONE = Counts()


def ingest(
    paths: Iterable[str | Path],
    lake: Lake,
    table: str | None = None,
    mapping: Mapping | None = None,
    progress: Progress = lambda what, share: None,
) -> Receipt:
    """Import files and folders as one batch; importing the same again adds nothing."""
    given = [str(path) for path in paths]
    works, skipped = find(given, table, mapping)
    one = _Import(lake, mapping, works, progress)
    one.fingerprint()
    one.notes = {"source": given, "skipped_files": skipped}
    with lake.writing(one.batch) as desk, troubles():
        return one.run(desk)


@dataclass
class _Import:
    """One run: `seals` are the fingerprints of the works, in their order."""

    lake: Lake
    mapping: Mapping | None
    works: list[Work]
    progress: Progress
    looks: list[Look] = field(default_factory=list)
    seals: list[str] = field(default_factory=list)
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    notes: dict = field(default_factory=dict)
    rows: int = 0
    left: int = 0

    @property
    def hash(self) -> str:
        """The hash of what is in the batch, whatever the files are called and in which order they come."""
        return sha256("|".join(sorted(self.seals)).encode()).hexdigest()

    @property
    def batch(self) -> str:
        """The name of the batch: the beginning of its hash."""
        return self.hash[:20]

    def fingerprint(self) -> None:
        """Look at every file: what is wrong with one is said before anything is written."""
        for number, work in enumerate(self.works):
            self.progress(Text("查看文件", "Looking through the files"), 0.1 * number / len(self.works))
            self.looks.append(sources.look(work.path))
            self.seals.append(work.seal(self.looks[-1].digest, self.mapping))

    def run(self, desk: Desk) -> Receipt:
        """Prepare everything on the desk, then publish it in one moment, with its receipt."""
        counts, fresh = self._known_counts()
        if not fresh:
            return self._receipt(counts, known=True)
        raws = self._read(desk, fresh)
        loaded, seals = self._load(desk, raws)
        receipt = self._receipt({name: counts.get(name, NONE) + loaded.get(name, NONE) for name in counts | loaded})
        manifest = Manifest(
            batch=desk.batch,
            learned_at=self.lake.next_moment(),
            tables=_stored(desk),
            sources=seals,
            quarantine=tuple(sorted(f"quarantine/{path.name}" for path in desk.data.glob("quarantine/*.parquet"))),
            receipt=receipt.as_dict(),
        )
        self.progress(Text("发布批次", "Publishing"), 1.0)
        self.lake.publish(desk, manifest)
        return receipt

    def _known_counts(self) -> tuple[dict[str, Counts], list[int]]:
        """Files that any batch has brought already are not read again: their sound rows are duplicates."""
        before = {seal: tables for m in self.lake.batches() for seal, tables in m.sources.items()}
        counts: dict[str, Counts] = {}
        fresh = []
        for number, seal in enumerate(self.seals):
            if seal not in before:
                fresh.append(number)
                continue
            for name, (read, aside) in before[seal].items():
                counts[name] = counts.get(name, NONE) + Counts(read, 0, aside, read - aside)
        return counts, fresh

    def _read(self, desk: Desk, fresh: list[int]) -> dict[int, Raw]:
        raws = {}
        for done, number in enumerate(fresh):
            self.progress(
                Text("读取 {file}", "Reading {file}").filled(file=self.works[number].path.name),
                0.1 + 0.2 * done / len(fresh),
            )
            form = replace(self.mapping.form if self.mapping else Form(), look=self.looks[number])
            raws[number] = sources.read(self.works[number].path, desk.scratch / str(number), form)
        return raws

    def _load(self, desk: Desk, raws: dict[int, Raw]) -> tuple[dict[str, Counts], dict[str, dict[str, list[int]]]]:
        tables = list(dict.fromkeys(name for number in raws for name in self.works[number].tables))
        self.left = self.rows = sum(raw.rows * len(self.works[number].tables) for number, raw in raws.items())
        loaded: dict[str, Counts] = {}
        seals: dict[str, dict[str, list[int]]] = {self.seals[number]: {} for number in raws}
        with sql.session(desk.scratch / "spill", self.mapping.zone if self.mapping else CHINA) as connection:
            for name in tables:
                mine = {number: raw for number, raw in raws.items() if name in self.works[number].tables}
                made = chunks(connection, TABLES[name], mine.values(), self.mapping)
                loading = Loading(connection, desk, TABLES[name], made, self.lake.files(name), self._told)
                loaded[name] = loading.run()
                for number, raw in mine.items():
                    seals[self.seals[number]][name] = [raw.read, loading.quarantined.get(str(raw.origin), 0)]
            self._note(connection, desk, raws)
        return loaded, seals

    def _told(self, table: str, rows: int) -> None:
        """Move the bar: reading was its first third."""
        self.left -= rows
        share = 1 - self.left / max(self.rows, 1)
        self.progress(Text("装载 {table}", "Loading {table}").filled(table=table), 0.3 + 0.65 * share)

    def _note(self, connection, desk: Desk, raws: dict[int, Raw]) -> None:
        files = {name: [str(path) for path in (desk.data / name).rglob("*.parquet")] for name in TABLES}
        self.notes["unknown_codes"] = unknown_codes(connection, files)
        self.notes["set_aside"] = quarantine.summary(
            connection, [str(p) for p in desk.data.glob("quarantine/*.parquet")]
        )
        unused = {}
        for number, raw in raws.items():
            used_by = [set(ignored(TABLES[name], raw, self.mapping)) for name in self.works[number].tables]
            if left := sorted(set.intersection(*used_by)):
                unused[self.works[number].path.name] = left
        self.notes["ignored_columns"] = unused

    def _receipt(self, tables: dict[str, Counts], known: bool = False) -> Receipt:
        ended = datetime.now(UTC).isoformat(timespec="milliseconds")
        began = self.started.isoformat(timespec="milliseconds")
        return Receipt(self.batch, self.hash, dict(sorted(tables.items())), began, ended, known, **self.notes)


def _stored(desk: Desk) -> dict[str, Stored]:
    """The files on the desk by table, as paths in the lake; a label that begins with `r` holds revisions."""
    stored = {}
    for name in TABLES:
        paths = sorted(str(path.relative_to(desk.data)) for path in (desk.data / name).rglob("*.parquet"))
        revised = tuple(path for path in paths if Path(path).name.startswith(f"{desk.batch}-r"))
        if paths:
            stored[name] = Stored(tuple(path for path in paths if path not in revised), revised)
    return stored
