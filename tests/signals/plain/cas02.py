"""CAS-02, read plainly."""

from collections import defaultdict

from tests.signals.plain.tools import beyond_colleagues, local, month

LOOSE = {"cut": 0.0, "least": 1}


def read(world, cut, least):
    units = {case["case_id"]: case["unit_code"] for case in world["cases"]}
    work = defaultdict(lambda: defaultdict(list))
    for row in world["penalties"]:
        unit, when = units[row["case_id"]], month(row["decided_at"])
        cell = unit, local(row["decided_at"]).year, len(str(int(row["base_cny"])))
        for officer in row["officers"]:
            work[cell][officer].append((row["tier"] in ("none", "reduced", "light"), unit, when))
    shared = {cell: officers for cell, officers in work.items() if len(officers) >= 3}
    return [row for row in beyond_colleagues(shared, least) if row[3] >= cut]
