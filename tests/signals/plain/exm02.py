"""EXM-02, read plainly."""

import math
from collections import defaultdict

from tests.signals.plain.tools import at_night, beyond_colleagues, beyond_usual, groups, month

LOOSE = {"cut": 0.0, "fewest": 1, "least": 2, "borrowed": 3.0}
STRICT = {"A": 3, "B": 2, "C": 1, "J": 1}


def read(world, cut, fewest, least, borrowed):
    units = {row["entry_id"]: row["unit_code"] for row in world["declarations"]}
    known = [row for row in world["examinations"] if row["required_mode"] in ("A", "B")]

    def work(exam):
        return units[exam["entry_id"]], (exam["required_mode"], at_night(exam["started_at"]))

    def lighter(exam):
        return STRICT[exam["mode"]] < STRICT[exam["required_mode"]]

    shared = {}
    for cell, exams in groups(known, work).items():
        if len({exam["officer1"] for exam in exams}) >= 3:
            shared[cell] = [(e["exam_id"], {e["officer1"]}, lighter(e), month(e["started_at"])) for e in exams]
    monthly = defaultdict(lambda: defaultdict(list))
    for exam in known:
        when = month(exam["started_at"])
        monthly[*work(exam), when][exam["officer1"]].append((lighter(exam), units[exam["entry_id"]], when))
    crews = {cell: officers for cell, officers in monthly.items() if len(officers) >= 3}
    of_month = {row[0]: row[3] for row in beyond_colleagues(crews, least)}
    found = [(who, unit, when, min(-math.log10(p), of_month.get(who, math.inf)), seen, mean)
             for who, unit, when, p, seen, mean in beyond_usual(shared, fewest, borrowed)]  # fmt: skip
    return [row for row in found if row[3] >= cut]
