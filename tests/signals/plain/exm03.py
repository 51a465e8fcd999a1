"""EXM-03, read plainly."""

from tests.signals.plain.tools import groups, month

LOOSE = {"cut": 1.0, "modes": "ABC"}


def read(world, cut, modes):
    units = {row["entry_id"]: row["unit_code"] for row in world["declarations"]}
    alone = [
        exam
        for exam in world["examinations"]
        if exam["mode"] in modes and (exam["officer2"] or "").strip() in ("", exam["officer1"])
    ]
    by = groups(alone, lambda exam: (exam["officer1"], units[exam["entry_id"]], month(exam["started_at"])))
    return [(*key, len(exams), 1.0, 2.0) for key, exams in by.items() if len(exams) >= cut]
