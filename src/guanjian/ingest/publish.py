"""How a batch becomes part of the lake: one writer at a time, a desk to prepare it on, and one moment when it is there."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from guanjian.ingest.manifest import Manifest, sync, write_durably
from guanjian.kernel.errors import Stale

LOCK_WAIT_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one batch is prepared: `data` mirrors the lake's folders, `scratch` is thrown away."""

    batch: str
    folder: Path

    @property
    def data(self) -> Path:
        """Files below it move into the lake under the same relative path."""
        return self.folder / "data"

    @property
    def scratch(self) -> Path:
        """Room for intermediate files and for DuckDB to spill to."""
        return self.folder / "scratch"


@contextmanager
def only_writer(root: Path, wait_seconds: float = LOCK_WAIT_SECONDS) -> Iterator[None]:
    """Hold the lake's lock. The kernel drops it when its holder dies, so that a killed import locks nobody out."""
    with (root / "lock").open("a+") as lock:
        deadline = time.monotonic() + wait_seconds
        while not _locked(lock):
            if time.monotonic() >= deadline:
                raise _still_busy(root)
            time.sleep(0.1)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _locked(lock) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _still_busy(root: Path) -> Stale:
    holder = (root / "lock").read_text().strip() or "?"
    return Stale(
        f"数据湖正被另一次导入占用（进程 {holder}），请等它结束后重试。",
        f"Another import (process {holder}) is writing to this lake; try again when it has ended.",
    )


@contextmanager
def desk_for(root: Path, batch: str) -> Iterator[Desk]:
    """A clean desk for this batch, cleared afterwards whatever happened."""
    desk = Desk(batch, root / "staging" / batch)
    desk.data.mkdir(parents=True)
    desk.scratch.mkdir()
    try:
        yield desk
    finally:
        shutil.rmtree(desk.folder, ignore_errors=True)


def publish(root: Path, desk: Desk, manifest: Manifest) -> None:
    """Make files durable, move them in, and write the manifest last: before it nothing of the batch exists."""
    moves = [(path, root / path.relative_to(desk.data)) for path in desk.data.rglob("*.parquet")]
    folders = {target.parent for _, target in moves}
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    for path, target in moves:
        sync(path)
        path.rename(target)
    for folder in folders | {folder.parent for folder in folders} | {root}:
        sync(folder)
    write_durably(root / "manifest" / f"{manifest.batch}.json", manifest.dumps())


def sweep(root: Path) -> None:
    """Remove what an interrupted import left: its desk, and files already moved whose manifest was never written.

    Only called by the one writer. The desk is removed last, so that a sweep that is interrupted is done again.
    """
    for folder in (root / "staging").glob("*"):
        if not (root / "manifest" / f"{folder.name}.json").exists():
            for orphan in [*root.glob(f"*/month=*/{folder.name}-*.parquet"), *root.glob(f"quarantine/{folder.name}-*")]:
                orphan.unlink()
        shutil.rmtree(folder)
