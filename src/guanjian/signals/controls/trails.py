"""Trails: the tables of the contract told as events, so that one template reads them all.

Each trail is a SELECT over contract tables with the columns `event_id object_id activity at officer_id` and whatever
its controls read besides. A table with several moments or several persons gives one event for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guanjian.kernel.errors import BadInput

FOLDER = Path(__file__).parent / "trails"


@dataclass(frozen=True)
class Trail:
    """A trail: its name, the first line that says what it tells, and its SELECT."""

    name: str
    says: str
    sql: str


def trails() -> dict[str, Trail]:
    """Every trail, by name: one SQL file each, the first line a comment."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.sql"))}


def _read(path: Path) -> Trail:
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    return Trail(path.stem, first.removeprefix("--").strip(), rest.strip().rstrip(";"))


def trail(name: str) -> Trail:
    """The trail of this name; `BadInput` with the names there are."""
    known = trails()
    if name not in known:
        raise BadInput(
            f"没有轨迹“{name}”；有：{'、'.join(known)}。", f"There is no trail “{name}”; there are {', '.join(known)}."
        )
    return known[name]
