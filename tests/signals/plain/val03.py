"""VAL-03, read plainly."""

import math

from scipy.stats import t

from tests.signals.plain.line import line
from tests.signals.plain.tools import groups, month, span

LOOSE = {"cut": 0.0, "min_lines": 4, "min_peers": 2, "min_gap": 0.0}


def read(world, cut, min_lines, min_peers, min_gap):
    heads = {row["entry_id"]: row for row in world["declarations"]}
    lines = [row for row in world["items"] if row["quantity"] and row["quantity"] > 0 and row["value_cny"] > 0]

    def peers(row):
        head = heads[row["entry_id"]]
        return row["hs_code"], row["origin_country"], row["quantity_unit"], head["ie"], month(head["declared_at"])

    judged = []
    for cell, rows in groups(lines, peers).items():
        rows = sorted(rows, key=lambda row: (row["entry_id"], row["item_no"]))
        who = [heads[row["entry_id"]]["consignee_id"] for row in rows]
        if len(rows) < min_lines or len(set(who)) < min_peers:
            continue
        points = [(math.log(float(row["quantity"])), math.log(float(row["value_cny"]))) for row in rows]
        drawn = _drawn(list(zip(who, rows, points, strict=True)))
        (base, slope), scale = line([[a] for a, _ in drawn], [b for _, b in drawn], [1.0])
        if scale and len(drawn) >= min_lines:
            for owner, row, (a, b) in zip(who, rows, points, strict=True):
                fair = base + slope * a
                judged.append((owner, (b - fair) / scale, len(drawn), b, fair, cell[-1], row["entry_id"]))
    dear = groups([row for row in judged if row[1] > 1.6], lambda row: row[0])
    dearest = [min(map(_tail, rows)) for rows in dear.values()]
    assert sum(p <= 0.05 for p in dearest) < 30, "in larger worlds the tail is bent: tests/stats/test_robust.py"
    found = []
    for owner, own in groups(judged, lambda row: row[0]).items():
        cheap = sorted((_seen(_tail(row), dearest, len(judged)), row[1], row) for row in own if row[1] < -1.6)
        if cheap:
            p = min(1.0, *(each[0] * len(own) / rank for rank, each in enumerate(cheap, 1)))
            best, when = cheap[0][2], span([each[2][5] for each in cheap])
            if -math.log10(p) >= cut and 1 - math.exp(best[3] - best[4]) >= min_gap:
                found.append((owner, None, when, -math.log10(p), math.exp(best[3]), math.exp(best[4])))
    return found


def _drawn(lines):
    """The points that the line is drawn from: the largest number m of lines each that leaves m at most a quarter."""
    by = groups(sorted(lines, key=lambda one: (one[1]["entry_id"], one[2][1], one[2][0])), lambda one: one[0])
    sizes = [len(own) for own in by.values()]
    fair = [m for m in range(1, max(sizes) + 1) if 4 * m <= sum(min(size, m) for size in sizes)]
    most = max(sizes) if max(sizes) * 4 <= sum(sizes) else max(fair, default=1)
    return [point for own in by.values() for _, _, point in own[:most]]


def _tail(row):
    return max(float(t.sf(abs(row[1]), max(0.367 * (row[2] - 1), 1.0))), 1e-300)


def _seen(p, dearest, of):
    """At least as likely as it is on the dear side, where every enterprise speaks once."""
    return max(p, sum(each <= min(p * (1 + 1e-9), 0.05) for each in dearest) / of)
