"""One declaration from all sides: header, items, selection, examinations, what was done by whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guanjian.kernel.errors import NotFound
from guanjian.lenses.glass import lake_at, rows, territory
from guanjian.org.actor import Actor

PARTS = {
    "items": ("entry_id", "item_no"),
    "selections": ("entry_id", "decided_at"),
    "examinations": ("entry_id", "started_at"),
    "containers": ("entry_id", "container_id"),
}


def declaration(actor: Actor, path: Path, entry_id: str) -> dict[str, Any]:
    """The declaration with its parts; `NotFound` when there is none in this actor's territory."""
    lake = lake_at(path)
    inside, values = territory(actor, lake)
    found = rows(f"SELECT * FROM ({lake.select('declarations')}) WHERE entry_id = ? AND {inside}", [entry_id, *values])
    if not found:
        raise NotFound("没有这份报关单。", "There is no such declaration.")
    parts = {
        name: rows(f"SELECT * FROM ({lake.select(name)}) WHERE {key} = ? ORDER BY {order}", [entry_id])
        for name, (key, order) in PARTS.items()
    }
    done = f'''SELECT * FROM ({lake.select("events")}) WHERE object_type = 'entry' AND object_id = ? ORDER BY "at"'''
    return {"head": found[0], **parts, "events": rows(done, [entry_id])}
