"""What did earlier runs of a bench find? One file of named results, each put beside the others whole or not at all."""

from __future__ import annotations

import json
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
        """Put one result beside the others."""
        self.place.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.place.with_suffix(".tmp")
        fresh.write_text(json.dumps(self.all() | {name: value}, indent=1, sort_keys=True), encoding="utf-8")
        fresh.replace(self.place)
