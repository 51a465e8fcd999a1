"""REC-01, read plainly."""

from tests.signals.plain.tools import groups

LOOSE = {"cut": 1.0, "within_days": 365}


def read(world, cut, within_days):
    found = []
    for (unit, node), rows in groups(
        world["problems"], lambda row: (row["unit_code"], row["node_code"] or row["line_code"])
    ).items():
        pairs = [
            (late["problem_id"], early["closed_on"])
            for late in rows
            for early in rows
            if early["closed_on"] and 0 < (late["found_on"] - early["closed_on"]).days <= within_days
        ]
        times = len({late for late, _ in pairs})
        if times >= cut:
            first = min(closed for _, closed in pairs)
            found.append((unit, unit, f"{first:%Y-%m} {node}", times, times, 0.0))
    return found
