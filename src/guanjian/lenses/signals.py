"""Which signals of the code catalogue are there? As the last run published them; what a signal is says nothing about anybody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from guanjian.org.actor import Actor

FILE = Path("reference") / "signals.json"


def signals(_actor: Actor, path: Path) -> list[dict[str, Any]]:
    """Code, title in both languages, line and kind of each; none before the first run. The same for every reader."""
    file = path / FILE
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
