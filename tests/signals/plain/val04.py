"""VAL-04, read plainly."""

from math import exp, log
from statistics import fmean

from tests.signals.plain.line import line
from tests.signals.plain.tools import groups, month, span

LOOSE = {"cut": -99.0, "least": 1}


def read(world, cut, least):
    heads = {row["entry_id"]: row for row in world["declarations"] if row["ie"] == "import"}
    told = groups(world["mirror"], lambda row: (row["hs6"], row["partner"]))
    reported = {(row["partner"], row["month"]) for row in world["mirror"]}
    own = groups(
        [
            row for row in world["items"]
            if row["entry_id"] in heads
            and (row["origin_country"], month(heads[row["entry_id"]]["declared_at"])) in reported
        ],
        lambda row: (row["hs_code"][:6], row["origin_country"]),
    )  # fmt: skip
    rows = []
    for key in sorted(set(told) & set(own)):
        came, sent = (sum(float(row["value_cny"]) for row in side[key]) for side in (own, told))
        if came > 0:
            rate = sum(float(row["value_cny"]) * row["tax_rate"] for row in own[key]) / came
            rows.append((key, log(sent) - log(came), rate, span([row["month"] for row in told[key]])))
    if len(rows) < max(least, 1):
        return []
    x = []
    for (hs6, partner), _, rate, _ in rows:
        others = [r for (h, p), _, r, _ in rows if p == partner and h[:4] == hs6[:4] and h != hs6]
        x.append([rate, fmean(others) if others else rate])
    beta, scale = line(x, [row[1] for row in rows], [0.0, 0.0])
    found = []
    for (key, gap, _, period), (rate, similar) in zip(rows, x, strict=True):
        usual = beta[0] + beta[1] * rate + beta[2] * similar
        score = (gap - usual) / scale if scale else 0.0
        if score >= cut:
            found.append(("|".join(key), "", period, score, exp(gap), exp(usual) if scale else exp(gap)))
    return found
