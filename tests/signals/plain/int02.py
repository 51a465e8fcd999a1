"""INT-02, read plainly: every pair in every cell, one after the other."""

import math
from collections import Counter, defaultdict

from tests.signals.plain.tools import month, on_shift, span, tail

LOOSE = {"cut": 0.0, "min_expected": 0.3, "activities": "doc_review,price_review,classify,examine,release"}


def read(world, cut, min_expected, activities):
    heads = {row["entry_id"]: row for row in world["declarations"]}
    period = span([month(row["starts_at"]) for row in world["rosters"]])
    work = []
    for event in world["events"]:
        if event["object_type"] == "entry" and event["activity"] in activities.split(",") and event["officer_id"]:
            for unit, _post, begins, ends in on_shift(world, event["officer_id"], event["at"]):
                cell = (unit, begins, ends, event["activity"])
                work.append((cell, event["officer_id"], heads[event["object_id"]]))
    found = []
    for kind in ("agent_id", "consignee_id"):
        its = [(cell, officer, head[kind]) for cell, officer, head in work]
        for (unit, officer, trader), (seen, mean, variance) in _sums(its).items():
            if trader and mean >= min_expected:
                score = -math.log10(max(tail(seen, mean, variance), 1e-300))
                if score >= cut:
                    found.append((f"{officer}|{trader}", unit, period, score, seen, mean))
    return found


def _sums(work):
    """(unit, officer, trader) → observed, expected, variance over the cells that say anything."""
    cells = defaultdict(list)
    for cell, officer, trader in work:
        cells[cell].append((officer, trader))
    sums = defaultdict(lambda: [0, 0.0, 0.0])
    for cell, pieces in cells.items():
        n = len(pieces)
        by_officer, by_trader = Counter(o for o, _ in pieces), Counter(t for _, t in pieces)
        for officer, i in by_officer.items():
            for trader, b in by_trader.items():
                if n > 1 and i < n and b < n:
                    pair = sums[cell[0], officer, trader]
                    pair[0] += pieces.count((officer, trader))
                    pair[1] += b * i / n
                    pair[2] += b * (n - b) / (n * n * (n - 1)) * i * (n - i)
    return sums
