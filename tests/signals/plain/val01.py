"""VAL-01, read plainly."""

import math
from statistics import fmean, median

import numpy as np
from scipy.stats import t

from tests.signals.plain.tools import groups, month, span

LOOSE = {"cut": 1.3, "min_peers": 3, "min_lines": 2, "many": 3, "min_gap": 0.0}
FAR, MAD, QUARTILE = 1.6, 1.4826, 0.67449


def read(world, cut, min_peers, min_lines, many, min_gap):
    heads = {row["entry_id"]: row for row in world["declarations"]}
    means = [row for cell in _cells(world, heads) for row in _cell(*cell, heads, min_peers)]
    whole = groups(_standardised(means, many), lambda row: (row["who"], row["hs_code"])).values()
    deviations = [row for rows in whole if sum(row["lines"] for row in rows) >= min_lines for row in rows]
    by_goods = groups(deviations, lambda row: (row["who"], row["hs_code"]))
    alike = _alike(groups(deviations, lambda row: row["who"]))
    found = []
    for who in {who for who, _ in by_goods}:
        mine = {hs: rows for (owner, hs), rows in by_goods.items() if owner == who}
        tails = sorted((_tail(rows, alike), hs) for hs, rows in mine.items() if _standard(rows, alike) > FAR)
        if not tails:
            continue
        p = min(1.0, *(each * len(mine) / rank for rank, (each, _) in enumerate(tails, 1)))
        rows = mine[tails[0][1]]
        price, middle = fmean(row["mine"] for row in rows), fmean(row["middle"] for row in rows)
        if -math.log10(p) >= cut and 1 - math.exp(price - middle) >= min_gap:
            period = span([row["month"] for row in rows])
            found.append((who, None, period, -math.log10(p), math.exp(price), math.exp(middle)))
    return found


def _cells(world, heads):
    def peers(line):
        head = heads[line["entry_id"]]
        when = month(head["declared_at"])
        return line["hs_code"], line["origin_country"], line["quantity_unit"], head["ie"], when

    priced = [line for line in world["items"] if line["quantity"] and line["quantity"] > 0 and line["value_cny"] > 0]
    return groups(priced, peers).items()


def _cell(peers, lines, heads, min_peers):
    """Every enterprise's mean in one group of peers, with what the group says of its spread."""
    price = {id(line): math.log(float(line["value_cny"]) / float(line["quantity"])) for line in lines}
    by = groups(lines, lambda line: heads[line["entry_id"]]["consignee_id"])
    mine = {who: fmean(price[id(line)] for line in own) for who, own in by.items()}
    middle = median(mine.values())
    means = (MAD * median(abs(each - middle) for each in mine.values())) ** 2
    if len(by) < min_peers or means <= 0:
        return
    low, high = np.quantile(list(price.values()), [0.25, 0.75])
    along, single = ((high - low) / (2 * QUARTILE)) ** 2, fmean(1 / len(own) for own in by.values())
    within = max(along - means, 0.0) / (1 - single) if single < 1 - 1e-9 else 0.0
    lasting = max(means - single * within, 0.0)
    for who, own in by.items():
        yield {
            "who": who, "hs_code": peers[0], "month": peers[-1], "mine": mine[who], "middle": middle,
            "peers": len(by), "lines": len(own), "lasting": lasting, "within": within,
        }  # fmt: skip


def _standardised(means, many):
    """Deviations below the middle; a lasting price differs at least as much as those of large enterprises do."""
    large = [row for row in means if row["lines"] >= many]
    usual = 0.0
    if large:
        noise = median(row["within"] / row["lines"] for row in large)
        usual = max((MAD * median(abs(row["mine"] - row["middle"]) for row in large)) ** 2 - noise, 0.0)
    for row in means:
        variance = max(row["lasting"], usual) + row["within"] / row["lines"]
        yield row | {"below": (row["middle"] - row["mine"]) / math.sqrt(max(variance, 1e-18))}


def _alike(by_enterprise):
    together = pairs = 0.0
    for rows in by_enterprise.values():
        usual = [max(-3.0, min(3.0, row["below"])) for row in rows]
        together += sum(usual) ** 2 - sum(each * each for each in usual)
        pairs += len(usual) * (len(usual) - 1)
    return min(max(together / pairs, 0.0), 1.0) if pairs else 0.0


def _standard(rows, alike):
    k = len(rows)
    return fmean(row["below"] for row in rows) / math.sqrt((1 + (k - 1) * alike) / k)


def _tail(rows, alike):
    freedom = max(0.367 * (fmean(row["peers"] for row in rows) - 1), 1.0)
    return max(float(t.sf(_standard(rows, alike), freedom)), 1e-300)
