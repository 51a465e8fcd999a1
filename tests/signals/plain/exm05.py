"""EXM-05, read plainly."""

import math
from statistics import median

from tests.signals.plain.tools import beyond_usual, groups, month

LOOSE = {"cut": 0.0, "least": 1, "part": 0.8, "borrowed": 3.0}


def read(world, cut, least, part, borrowed):
    units = {row["entry_id"]: row["unit_code"] for row in world["declarations"]}
    timed = [exam for exam in world["examinations"] if exam["ended_at"] > exam["started_at"]]
    took = {exam["exam_id"]: (exam["ended_at"] - exam["started_at"]).total_seconds() / 3600 for exam in timed}
    work = {}
    for mode, exams in groups(timed, lambda exam: exam["mode"]).items():
        usual = median(took[exam["exam_id"]] for exam in exams)
        for unit, there in groups(exams, lambda exam: units[exam["entry_id"]]).items():
            if len({exam["officer1"] for exam in there}) >= 3:
                work[unit, mode] = [
                    (
                        exam["exam_id"],
                        {exam["officer1"]},
                        took[exam["exam_id"]] < part * usual,
                        month(exam["started_at"]),
                    )
                    for exam in there
                ]
    found = beyond_usual(work, least, borrowed)
    return [(*row[:3], -math.log10(row[3]), *row[4:]) for row in found if -math.log10(row[3]) >= cut]
