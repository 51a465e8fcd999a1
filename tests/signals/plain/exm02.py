"""EXM-02, read plainly."""

from collections import defaultdict

from tests.signals.plain.tools import at_night, beyond_colleagues, month

LOOSE = {"cut": 0.0, "least": 1}
STRICT = {"A": 3, "B": 2, "C": 1, "J": 1}


def read(world, cut, least):
    units = {row["entry_id"]: row["unit_code"] for row in world["declarations"]}
    work = defaultdict(lambda: defaultdict(list))
    for exam in world["examinations"]:
        if exam["required_mode"]:
            unit, when = units[exam["entry_id"]], month(exam["started_at"])
            lighter = STRICT[exam["mode"]] < STRICT[exam["required_mode"]]
            cell = (unit, when, exam["required_mode"], at_night(exam["started_at"]))
            work[cell][exam["officer1"]].append((lighter, unit, when))
    shared = {cell: officers for cell, officers in work.items() if len(officers) >= 3}
    return [row for row in beyond_colleagues(shared, least) if row[3] >= cut]
