"""SEL-02, read plainly: every desk, every month, everybody who could have lifted."""

import math
from collections import Counter, defaultdict

import numpy as np

from tests.signals.plain.tools import groups, month, span, tail

LOOSE = {"cut": 0.0, "least": 1, "borrowed": 2.0}


def read(world, cut, least, borrowed):
    given = [row for row in world["instructions"] if row["target_type"] == "entry"]
    trader = {head["entry_id"]: head["agent_id"] or head["consignee_id"] for head in world["declarations"]}
    when = {}
    for row in given:
        key = row["unit_code"], row["target_id"]
        when[key] = min(when.get(key, "9"), month(row["issued_at"]))
    lifted = {
        (unit, on, event["officer_id"], entry)
        for (unit, entry), on in when.items()
        for event in world["events"]
        if event["object_type"] == "entry" and event["activity"] == "override" and event["object_id"] == entry
        if event["officer_id"]
    }
    crew = {
        (row["unit_code"], month(row["issued_at"]), row[who]) for row in given for who in ("issued_by", "approved_by")
    }
    crew = groups({each for each in crew if each[2]} | {lift[:3] for lift in lifted}, lambda each: each[:2])
    crew = {cell: {each[2] for each in who} for cell, who in crew.items() if len(who) >= 3}
    chances, lifts, given_to, months = Counter(), Counter(), Counter(), defaultdict(set)
    for (unit, entry), on in when.items():
        for officer in crew.get((unit, on), ()):
            chances[unit, officer, trader[entry]] += 1
        given_to[unit, trader[entry]] += (unit, on) in crew
    for unit, on in crew:
        months[unit].add(on)
    for unit, on, officer, entry in lifted:
        lifts[unit, officer, trader[entry]] += (unit, on) in crew
    found = [
        (pair, *_expected(pair, chances, lifts, borrowed))
        for pair in chances
        if given_to[pair[0], pair[2]] >= least
    ]  # fmt: skip
    spread = [(lifts[pair] - mean) / math.sqrt(variance) for pair, mean, variance in found]
    wider = 1.0
    if len(found) >= 20:
        low, high = np.quantile(spread, [0.25, 0.75])
        wider = max(1.0, ((high - low) / (2 * 0.67449)) ** 2)
    scored = [
        (pair, -math.log10(max(tail(lifts[pair], mean, variance * wider), 1e-300)), mean)
        for pair, mean, variance in found
    ]
    return [
        (f"{officer}|{of}", unit, span(months[unit]), score, lifts[unit, officer, of], mean)
        for (unit, officer, of), score, mean in scored
        if score >= cut
    ]


def _expected(pair, chances, lifts, borrowed):
    unit, officer, of = pair
    usual = (lifts.total() - lifts[pair] + 0.5) / (chances.total() - chances[pair] + 1)

    def both(keys):
        keys = list(keys)
        return sum(lifts[key] for key in keys), sum(chances[key] for key in keys)

    desk = [key for key in chances if key[0] == unit]
    his = both(key for key in desk if key[1] == officer and key[2] != of)
    its = both(key for key in desk if key[1] != officer and key[2] == of)
    rest = both(key for key in desk if key[1] != officer and key[2] != of)
    rate = (rest[0] + borrowed) / (rest[1] + borrowed / usual)
    mean = chances[pair] * rate
    for side in (his, its):
        mean *= (side[0] + borrowed) / (rate * side[1] + borrowed)
    return mean, mean + mean**2 * sum(1 / (side[0] + borrowed) for side in (his, its, rest))
