"""DRF-01, read plainly."""

from collections import Counter
from math import log

from tests.signals.plain.tools import groups, month

LOOSE = {"cut": -9.0, "window": 6, "least": 1}


def read(world, cut, window, least):
    heads = {row["entry_id"]: row for row in world["declarations"]}
    caught = {exam["entry_id"] for exam in world["examinations"] if exam["finding"]}
    last = max(month(head["declared_at"]) for head in heads.values())
    counts = {}
    for row in world["items"]:
        head = heads[row["entry_id"]]
        told = {"chapter": row["hs_code"][:2], "origin": row["origin_country"], "trade_mode": head["trade_mode"]}
        if row["entry_id"] in caught:
            told["caught"] = row["hs_code"][:2]
        for name, level in told.items():
            when = month(head["declared_at"]) == last
            counts.setdefault((head["unit_code"], name), {True: Counter(), False: Counter()})[when][level] += 1
    judged = []
    for (unit, name), at in counts.items():
        levels = set(at[True]) | set(at[False])
        after, before = (sum(at[when].values()) for when in (True, False))
        if min(after, before) >= least:
            chance = (len(levels) - 1) * (1 / after + 1 / before)
            seen = _psi([at[False][level] for level in levels], [at[True][level] for level in levels])
            judged.append((unit, unit, last, seen - chance, seen, chance, name))
    best = [max(rows, key=lambda row: row[3]) for rows in groups(judged, lambda row: row[0]).values()]
    return [row[:6] for row in best if row[3] >= cut]


def _psi(before, after):
    b, a = ([max(each, 0.5) for each in counts] for counts in (before, after))
    return sum((y / sum(a) - x / sum(b)) * log((y / sum(a)) / (x / sum(b))) for x, y in zip(b, a, strict=True))
