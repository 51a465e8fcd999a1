"""CAS-03, read plainly."""

import math
from statistics import median

from tests.signals.plain.tools import beyond_usual, groups, month

LOOSE = {"cut": 0.0, "least": 1, "part": 0.5, "borrowed": 3.0}


def read(world, cut, least, part, borrowed):
    units = {case["case_id"]: case["unit_code"] for case in world["cases"]}
    share = {row["case_id"]: float(row["fine_cny"]) / float(row["base_cny"]) for row in world["penalties"]}
    pieces = []
    for rows in groups(world["penalties"], lambda row: row["tier"]).values():
        by_unit = groups(rows, lambda row: units[row["case_id"]]).values()
        usual = median(median(share[row["case_id"]] for row in there) for there in by_unit)
        for row in rows:
            name, low = row["case_id"], share[row["case_id"]] < part * usual
            pieces.append((units[name], "penalty", (name, set(row["officers"]), low, month(row["decided_at"]))))
    found = _judged(pieces, least, borrowed)
    out = [row for row in found if row[3] <= 0.05]
    first = {}
    for unit in units.values():
        there = [row for row in out if any(where == unit and row[0] in piece[1] for where, _, piece in pieces)]
        if there:
            first[unit] = min(there, key=lambda row: (row[3], row[0]))[0]
    surest = set(first.values())
    if surest:
        rest = [each for each in pieces if not surest & each[2][1]]
        found = [row for row in found if row[0] in surest]
        found += [row for row in _judged(rest, least, borrowed) if row[0] not in surest]
    return [(*row[:3], -math.log10(row[3]), *row[4:]) for row in found if -math.log10(row[3]) >= cut]


def _judged(pieces, least, borrowed):
    cells = groups(pieces, lambda each: each[:2])
    work = {cell: [each[2] for each in found] for cell, found in cells.items()}
    work = {cell: found for cell, found in work.items() if len(set().union(*(piece[1] for piece in found))) >= 3}
    return beyond_usual(work, least, borrowed)
