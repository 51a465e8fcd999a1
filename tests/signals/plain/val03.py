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
        x = [math.log(float(row["quantity"])) for row in rows]
        y = [math.log(float(row["value_cny"])) for row in rows]
        (base, slope), scale = line([[a] for a in x], y, [1.0])
        if scale:
            for owner, row, a, b in zip(who, rows, x, y, strict=True):
                fair = base + slope * a
                judged.append((owner, (b - fair) / scale, len(rows), b, fair, cell[-1], row["entry_id"]))
    dear = [row[1] for row in judged if row[1] > 1.6]
    found = []
    for owner, own in groups(judged, lambda row: row[0]).items():
        cheap = sorted((_tail(row, dear, len(judged)), row[6], row) for row in own if row[1] < -1.6)
        if cheap:
            p = min(1.0, *(each[0] * len(own) / rank for rank, each in enumerate(cheap, 1)))
            best, when = cheap[0][2], span([each[2][5] for each in cheap])
            if -math.log10(p) >= cut and 1 - math.exp(best[3] - best[4]) >= min_gap:
                found.append((owner, None, when, -math.log10(p), math.exp(best[3]), math.exp(best[4])))
    return found


def _tail(row, dear, of):
    honest = float(t.sf(-row[1], max(0.367 * (row[2] - 1), 1.0)))
    return max(honest, sum(each >= -row[1] for each in dear) / of, 1e-300)
