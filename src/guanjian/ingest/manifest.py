"""A batch exists if and only if its manifest does: which files it brought, when we learned of them, and what was counted."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stored:
    """The files of one table in one batch: `base` holds keys never seen before, `revised` newer contents of known keys."""

    base: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """One published batch. `sources` are the hashes of what was read, so that a file known from any batch is known."""

    batch: str
    learned_at: datetime
    tables: dict[str, Stored]
    sources: dict[str, dict[str, list[int]]] = field(default_factory=dict)  # by table: rows read, quarantined
    quarantine: tuple[str, ...] = ()
    receipt: dict = field(default_factory=dict)

    def dumps(self) -> str:
        """The manifest as JSON."""
        body = asdict(self) | {"learned_at": self.learned_at.isoformat(timespec="microseconds")}
        return json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True)

    @classmethod
    def loads(cls, text: str) -> Manifest:
        """The manifest that `dumps` wrote."""
        body = json.loads(text)
        body["learned_at"] = datetime.fromisoformat(body["learned_at"]).astimezone(UTC)
        body["tables"] = {
            name: Stored(tuple(stored["base"]), tuple(stored["revised"])) for name, stored in body["tables"].items()
        }
        body["quarantine"] = tuple(body["quarantine"])
        return cls(**body)


def read_all(folder: Path) -> list[Manifest]:
    """All manifests of a lake, in the order in which their batches were learned."""
    found = [Manifest.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]
    return sorted(found, key=lambda manifest: manifest.learned_at)


def write_durably(path: Path, text: str) -> None:
    """The whole text is on disk under this name, or the name does not exist: temp file, fsync, rename, fsync."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temp = path.with_name(f".{path.name}.tmp")
    with temp.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    temp.rename(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """What was written to this file or folder survives a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
