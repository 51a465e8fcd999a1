"""LNK-01, read plainly: who is beside the caught, and who beside those."""

from tests.signals.plain.tied import beside
from tests.signals.plain.tools import month

LOOSE = {"cut": 1.0, "hub": 4}


def read(world, cut, hub):
    since = {}
    for case in world["cases"]:
        for who in case["enterprise_ids"]:
            since[who] = min(since.get(who, "9999"), month(case["filed_at"]))
    near, active = beside(world, hub), {row["consignee_id"] for row in world["declarations"]}
    caught = set(since) & set(near)
    first = {who for who in near if near[who] & caught} - caught
    second = {who for who in near if near[who] & first} - first - caught
    found = []
    for who in (first | second) & active:
        if who in first:
            of, score, count = min(near[who] & caught), 2.0, len(near[who] & caught)
        else:
            of, score, count = min(near[min(near[who] & first)] & caught), 1.0, 1
        if score >= cut:
            found.append((who, None, since[of], score, count, 0.0))
    return found
