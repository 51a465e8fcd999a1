"""INT-01, read plainly."""

from tests.signals.plain.tools import groups, month

LOOSE = {"cut": 1.0}
APART = ("doc_review", "examine", "release", "post_audit", "investigate")


def read(world, cut):
    hands = [
        (row["officer_id"], row["object_id"], row["activity"], row["unit_code"], row["at"])
        for row in world["events"]
        if row["object_type"] == "entry" and row["activity"] in APART and row["officer_id"]
    ]
    for exam in world["examinations"]:
        for officer in (exam["officer1"], exam["officer2"]):
            if officer:
                hands.append((officer, exam["entry_id"], "examine", None, exam["started_at"]))
    breaches = []
    for (officer, _entry), steps in groups(hands, lambda hand: hand[:2]).items():
        if len({step[2] for step in steps}) >= 2:
            units = [step[3] for step in steps if step[3]]
            breaches.append((officer, min(units), month(min(step[4] for step in steps))))
    by = groups(breaches, lambda breach: breach)
    return [(*key, len(same), len(same), 0.0) for key, same in by.items() if len(same) >= cut]
