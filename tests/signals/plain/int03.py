"""INT-03, read plainly."""

from collections import defaultdict

from tests.signals.plain.tools import beyond_colleagues, month

LOOSE = {"cut": 0.0, "least": 1}


def read(world, cut, least):
    work = defaultdict(lambda: defaultdict(list))
    for event in world["events"]:
        if event["object_type"] != "entry" or not event["officer_id"] or not event["unit_code"]:
            continue
        if event["activity"] == "assign" and event["system"] == "system":
            continue
        unit, when = event["unit_code"], month(event["at"])
        by_hand = event["activity"] in ("assign", "override")
        work[unit, event.get("post") or "", when][event["officer_id"]].append((by_hand, unit, when))
    shared = {cell: officers for cell, officers in work.items() if len(officers) >= 3}
    return [row for row in beyond_colleagues(shared, least) if row[3] >= cut]
