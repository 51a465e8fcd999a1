"""EXM-01, read plainly."""

import math

import numpy as np
from scipy.stats import poisson

from tests.signals.plain.tools import day_text, groups, local

LOOSE = {"cut": 0.0, "borrowed": 2.0, "usual_finds": 1.0, "level": 1e9}
POINTS, WEIGHTS = np.polynomial.hermite_e.hermegauss(41)


def read(world, cut, borrowed, usual_finds, level):
    exams = _exams(world)
    for one in exams:
        one["rate"] = _rate(one, exams, borrowed)
    found, sums = [], {}
    for who, its in groups(exams, lambda one: one["who"]).items():
        expected = 0.0
        for one in its:
            beside = [other for other in exams if other["unit"] == one["unit"] and other["who"] != who]
            like = (sum(o["find"] for o in beside) + usual_finds) / (sum(o["rate"] for o in beside) + usual_finds)
            expected += one["rate"] * like
        sums[who] = (sum(one["find"] for one in its), expected)
    spread = _spread([each for each in sums.values() if each[1] >= 0.5])
    for who, its in groups(exams, lambda one: one["who"]).items():
        finds, expected = sums[who]
        none = 1.0 if finds else _mixed(lambda mean: math.exp(-mean), expected, spread)
        score = -math.log10(min(max(none, 1e-300), 1.0))
        if score >= cut:
            days = [one["on"] for one in its]
            units = groups(its, lambda one: (one["unit"], one["mode"], one["risk"], one["credit"]))
            unit = min(units, key=lambda place: (-len(units[place]), place[0]))[0]
            found.append((who, unit, f"{day_text(min(days))}/{day_text(max(days))}", score, finds, expected))
    return found


def _exams(world):
    heads = {row["entry_id"]: row for row in world["declarations"]}
    chosen = groups([row for row in world["selections"] if row["selected"]], lambda row: row["entry_id"])
    credit = {row["enterprise_id"]: row.get("credit_level") or 0 for row in world["enterprises"]}
    exams = []
    for row in world["examinations"]:
        head, why = heads[row["entry_id"]], chosen.get(row["entry_id"], [])
        scores = [each["score"] for each in why if each.get("score") is not None]
        exams.append({
            "who": head["consignee_id"], "unit": head["unit_code"], "mode": row["mode"], "find": row["finding"],
            "score": max(scores, default=None), "lane": min((each["lane"] for each in why), default=""),
            "credit": credit.get(head["consignee_id"], 0), "on": local(row["started_at"]).date(),
        })  # fmt: skip
    known = [one["score"] for one in exams if one["score"] is not None]
    for one in exams:
        lower = sum(score < one["score"] for score in known) if one["score"] is not None else 0
        one["risk"] = one["lane"] if one["score"] is None else str(lower * 10 // len(known))
    return exams


def _rate(one, exams, borrowed):
    others = [other for other in exams if other["who"] != one["who"]]
    rate = sum(other["find"] for other in others) / max(len(others), 1)
    for name in ("mode", "risk", "credit"):
        others = [other for other in others if other[name] == one[name]]
        rate = (sum(other["find"] for other in others) + borrowed * rate) / (len(others) + borrowed)
    return rate


def _mixed(chance, expected, spread):
    return (
        sum(w * chance(expected * math.exp(spread * z - spread**2 / 2)) for z, w in zip(POINTS, WEIGHTS, strict=True))
        / WEIGHTS.sum()
    )


def _spread(told):
    if len(told) < 20:
        return 0.0
    widest = _likeliest(told)
    return _likeliest([
        (seen, mean) for seen, mean in told
        if _mixed(lambda m, x=seen: poisson.sf(x - 1, m), mean, widest) > 1e-3
        and _mixed(lambda m, x=seen: poisson.cdf(x, m), mean, widest) > 1e-3
    ])  # fmt: skip


def _likeliest(told):
    def likely(step):
        each = [_mixed(lambda m, x=seen: poisson.pmf(x, m), mean, step * 0.05) for seen, mean in told]
        return round(sum(math.log(max(p, 1e-300)) for p in each), 6)

    return max(range(41), key=lambda step: (likely(step), -step)) * 0.05
