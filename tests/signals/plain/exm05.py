"""EXM-05, read plainly."""

from collections import defaultdict

import numpy as np

from tests.signals.plain.tools import beyond_colleagues, groups, month

LOOSE = {"cut": 0.0, "least": 1, "shortest": 0.3}


def read(world, cut, least, shortest):
    units = {row["entry_id"]: row["unit_code"] for row in world["declarations"]}
    timed = [exam for exam in world["examinations"] if exam["ended_at"] > exam["started_at"]]
    took = {exam["exam_id"]: (exam["ended_at"] - exam["started_at"]).total_seconds() / 3600 for exam in timed}
    usual = {
        mode: np.quantile([took[exam["exam_id"]] for exam in exams], shortest)
        for mode, exams in groups(timed, lambda exam: exam["mode"]).items()
    }
    work = defaultdict(lambda: defaultdict(list))
    for exam in timed:
        unit, when = units[exam["entry_id"]], month(exam["started_at"])
        short = took[exam["exam_id"]] < usual[exam["mode"]]
        work[unit, when, exam["mode"]][exam["officer1"]].append((short, unit, when))
    shared = {cell: officers for cell, officers in work.items() if len(officers) >= 3}
    return [row for row in beyond_colleagues(shared, least) if row[3] >= cut]
