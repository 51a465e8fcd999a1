"""DEC-02, read plainly."""

import math
from collections import Counter
from datetime import timedelta

import numpy as np
from scipy.stats import hypergeom, norm

from tests.signals.plain.tools import day_text, groups, local

LOOSE = {"cut": 0.0, "window": 180, "least": 1, "others": 2}
FEWEST, SPLITS = 5, 12


def read(world, cut, window, least, others):
    judged = [row for way in ("unit_code", "agent_id") for row in _judged(world, way, (window, least, others))]
    spread = [row["z"] for row in judged if row["z"] is not None]
    low, high = np.quantile(spread, [0.25, 0.75]) if len(spread) >= 20 else (0, 0)
    wider = max(1.0, ((high - low) / (2 * 0.67449)) ** 2)
    found = []
    for who, rows in groups(judged, lambda row: row["who"]).items():
        for row in rows:
            row["p"] = row["p"] if wider <= 1 else max(float(norm.sf(norm.isf(row["p"]) / wider**0.5)), 1e-300)
        rows.sort(key=lambda row: (row["p"], row["way"], row["split"], row["to"]))
        p = min(1.0, *(row["p"] * len(rows) / rank for rank, row in enumerate(rows, 1)))
        if -math.log10(p) >= cut:
            best = rows[0]
            found.append((who, None, day_text(best["caught"]), -math.log10(p), best["observed"], best["expected"]))
    return found


def _judged(world, way, limits):
    window, least, others = limits
    heads = {row["entry_id"]: row for row in world["declarations"]}
    finds = sorted((e for e in world["examinations"] if e["finding"]), key=lambda e: (e["started_at"], e["exam_id"]))
    caught = {}
    for exam in finds:
        head = heads[exam["entry_id"]]
        caught.setdefault(head["consignee_id"], (local(exam["started_at"]).date(), head[way] or ""))
    by = groups(heads.values(), lambda head: head["consignee_id"])
    home = {who: _most([row[way] or "" for row in rows])[0] for who, rows in by.items() if who not in caught}
    for who, (first, usual) in caught.items():
        many = _most([row[way] or "" for row in by[who] if (row[way] or "") != usual])
        counts = Counter(row[way] or "" for row in by[who] if (row[way] or "") != usual)
        compared = [""] + [to for to in many[:others] if to]
        clean = [row for other, at in home.items() if at == usual for row in by[other]]
        last = max(max(local(row["declared_at"]).date() for row in by[who]), first)
        for split in sorted({first + timedelta(days=(last - first).days * n // SPLITS) for n in range(SPLITS)}):
            for to in compared:
                if (counts[to] if to else sum(counts.values())) < FEWEST:
                    continue
                own, beside = (_sides(rows, way, (usual, to), (split, window)) for rows in (by[who], clean))
                if own[2] >= least and own[3] >= least:
                    yield _row(own, beside) | {"who": who, "way": way, "to": to, "split": split, "caught": first}


def _most(ways):
    many = Counter(ways)
    return sorted(many, key=lambda way: (-many[way], way))


def _sides(rows, way, where, when):
    """That way before and after, all before and after."""
    sides, (usual, to), (split, window) = [0, 0, 0, 0], where, when
    for row in rows:
        days, by = (local(row["declared_at"]).date() - split).days, row[way] or ""
        if 0 < abs(days) <= window:
            sides[2 + (days > 0)] += 1
            sides[days > 0] += by == to if to else by != usual
    return sides


def _row(own, beside):
    there, before, after = own[0] + own[1], own[2], own[3]
    whole = before + after
    law, mean = hypergeom(whole, there, after), there * after / whole
    spread = mean * before * (whole - there) / whole / max(whole - 1, 1)
    grown = excused = 0.0
    if min(beside[2:]) > 0:
        old, new = ((beside[n] + 0.5) / (beside[n + 2] + 1) for n in (0, 1))
        grown = max(new - old, 0.0)
        if grown:
            error = math.sqrt(old * (1 - old) / (beside[2] + 1) + new * (1 - new) / (beside[3] + 1))
            excused = (grown + error) * before * after / whole
    moved = math.ceil(own[1] - excused - 1e-9)
    tail = max(float(law.sf(moved - 1)), 1e-300) if moved > mean else 1.0
    z = (own[1] - mean) / math.sqrt(spread) if spread > 0 else None
    return {"p": tail, "z": z, "observed": own[1] / after, "expected": min(own[0] / before + grown, 1.0)}
