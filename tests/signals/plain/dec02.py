"""DEC-02, read plainly."""

import math
from collections import Counter

import numpy as np
from scipy.stats import norm

from tests.signals.plain.tools import day_text, groups, local

LOOSE = {"cut": 0.0, "window": 180, "least": 1}


def read(world, cut, window, least):
    heads = {row["entry_id"]: row for row in world["declarations"]}
    finds = sorted((e for e in world["examinations"] if e["finding"]), key=lambda e: (e["started_at"], e["exam_id"]))
    judged = []
    for way in ("unit_code", "agent_id"):
        first = {}
        for exam in finds:
            head = heads[exam["entry_id"]]
            when = local(exam["started_at"]).date()
            first.setdefault((head["consignee_id"], when.year, when.month), (when, head[way] or ""))
        caught = {who for who, _, _ in first}
        by = groups(heads.values(), lambda head: head["consignee_id"])
        home = {who: _home([row[way] or "" for row in rows]) for who, rows in by.items() if who not in caught}
        for (who, _, _), (when, usual) in first.items():
            own = _sides(by[who], way, (usual, when), window)
            clean = [row for other, at in home.items() if at == usual for row in by[other]]
            others = _sides(clean, way, (usual, when), window)
            if own[0] + own[2] >= least and own[1] + own[3] >= least:
                judged.append((who, when, way, own, *_did(own, others)))
    spread = [row[4] for row in judged]
    low, high = np.quantile(spread, [0.25, 0.75]) if len(spread) >= 20 else (0, 0)
    wider = max(1.0, (high - low) / (2 * 0.67449))
    found = []
    for who, rows in groups(judged, lambda row: row[0]).items():
        tails = sorted((max(float(norm.sf(row[4] / wider)), 1e-300), row[2], row[1], row) for row in rows)
        p = min(1.0, *(each[0] * len(tails) / rank for rank, each in enumerate(tails, 1)))
        _, when, _, own, _, would = min(tails, key=lambda each: each[:3])[3]
        if -math.log10(p) >= cut:
            found.append((who, None, day_text(when), -math.log10(p), own[3] / (own[1] + own[3]), would))
    return found


def _home(ways):
    many = Counter(ways)
    return min(many, key=lambda way: (-many[way], way))


def _sides(rows, way, usual, window):
    sides = [0, 0, 0, 0]
    for row in rows:
        days = (local(row["declared_at"]).date() - usual[1]).days
        if 0 < abs(days) <= window:
            sides[2 * ((row[way] or "") != usual[0]) + (days > 0)] += 1
    return sides


def _did(own, others):
    a, b = ([each + 0.5 for each in side] for side in (own, others))
    moved, usual = (math.log(c[3] * c[0] / (c[1] * c[2])) for c in (a, b))
    would = math.log(a[2] / a[0]) + usual
    return (moved - usual) / math.sqrt(sum(1 / each for each in a + b)), 1 / (1 + math.exp(-would))
