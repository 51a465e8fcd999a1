"""What did earlier runs of a bench find? One file of named results, each put beside the others whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Kept:
    """The results in one file, read each time: another process may be measuring beside."""

    place: Path

    def all(self) -> dict[str, Any]:
        """By name."""
        return json.loads(self.place.read_text(encoding="utf-8")) if self.place.exists() else {}

    def keep(self, name: str, value: Any) -> None:
        """Put one result beside the others, one process after the other."""
        self.place.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.place.with_suffix(".tmp")
        with self.place.with_suffix(".lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            fresh.write_text(json.dumps(self.all() | {name: value}, indent=1, sort_keys=True), encoding="utf-8")
            fresh.replace(self.place)


def state_of(files: Iterable[Path]) -> str:
    """A short hash of everything that a result depends on: what other code found does not stand beside it."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.read_bytes())
    return whole.hexdigest()[:12]
