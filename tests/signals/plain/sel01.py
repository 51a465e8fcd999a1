"""SEL-01, read plainly."""

from math import sqrt

from tests.signals.plain.tools import groups, month, span

LOOSE = {"cut": 0.01, "least": 1}


def read(world, cut, least):
    finds = {}
    for exam in world["examinations"]:
        finds[exam["entry_id"]] = finds.get(exam["entry_id"], False) or exam["finding"]
    found = []
    for unit, rows in groups(world["selections"], lambda row: row["unit_code"]).items():
        opened = [row for row in rows if row["selected"] and row["entry_id"] in finds]
        chance = [finds[row["entry_id"]] for row in opened if row["lane"] == "random"]
        aimed = [finds[row["entry_id"]] for row in opened if row["lane"] != "random"]
        if len(chance) < max(least, 1) or not any(chance):
            continue
        n, p, z = len(chance), sum(chance) / len(chance), 1.959963984540054
        low = (p + z * z / (2 * n) - z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)
        share = (sum(aimed) + sum(chance)) / (sum(aimed) + (len(rows) - len(aimed)) * low)
        if 1 / share >= cut:
            period = span([month(row["decided_at"]) for row in rows])
            found.append((unit, unit, period, 1 / share, share, 1 / cut))
    return found
