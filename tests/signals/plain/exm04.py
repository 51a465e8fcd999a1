"""EXM-04, read plainly."""

from collections import defaultdict

from tests.signals.plain.tools import at_night, beyond_colleagues, local, month, on_shift

LOOSE = {"cut": 0.0, "least": 1}


def read(world, cut, least):
    off = {row["day"] for row in world["holidays"] if row["kind"] == "holiday"}
    work = defaultdict(lambda: defaultdict(list))
    for exam in world["examinations"]:
        at = exam["started_at"]
        for shift in on_shift(world, exam["officer1"], at):
            odd = at_night(at) or local(at).date() in off
            work[shift][exam["officer1"]].append((odd, shift[0], month(at)))
    return [row for row in beyond_colleagues(work, least) if row[3] >= cut]
