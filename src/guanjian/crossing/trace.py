"""The loops are under control too: each step of each loop becomes an event of the lake, compartments left out."""

from __future__ import annotations

import json
from collections.abc import Iterator

from guanjian.crossing.into_lake import publish_rows
from guanjian.ingest.lake import Lake
from guanjian.ledger.models import Entry
from guanjian.org.posts import Label

BACK = 10_000  # entries looked at again: one that was committed late is not missed, one that is known is a duplicate


def publish(lake: Lake, since: int = 0) -> int:
    """Publish the steps of the entries after number `since` (and the last `BACK` before it); returns how many were new."""
    return publish_rows(lake, "events", list(_events(max(0, since - BACK))))


def _events(since: int) -> Iterator[dict]:
    for entry in Entry.objects.filter(pk__gt=since).order_by("pk").iterator():
        body = json.loads(entry.body)
        if body.get("label", Label.INTEGRITY) == Label.INTEGRITY:
            continue  # a note, or a step in a compartment
        loop, _, step = entry.event.partition(".")
        yield {
            "event_id": f"office-{entry.pk}",
            "object_type": loop,
            "object_id": entry.subject,
            "activity": step,
            "officer_id": entry.actor,
            "unit_code": body["unit"],
            "at": entry.at,
            "system": "system",
            "result": body["state"],
        }
