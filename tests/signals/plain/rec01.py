"""REC-01, read plainly."""

import math

from scipy.stats import nbinom, poisson

from tests.signals.plain.tools import groups, local, tail

LOOSE = {"cut": 0.0, "least": 1, "within_days": 365, "borrowed": 3.0}


def read(world, cut, least, within_days, borrowed):
    rows = world["problems"]

    def node(row):
        return row["node_code"] or row["line_code"]

    cells = groups(rows, lambda row: (row["unit_code"], node(row)))
    units, nodes = groups(rows, lambda row: row["unit_code"]), groups(rows, node)
    mean = {(unit, name): len(units[unit]) * len(nodes[name]) / len(rows) for unit in units for name in nodes}
    freedom = (len(units) - 1) * (len(nodes) - 1)
    spread = sum((len(cells.get(cell, [])) - e) ** 2 / e for cell, e in mean.items())
    wider = max(1.0, spread / freedom) if freedom else 1.0
    bare = _bare(world)
    told = any(row["closed_on"] and row["problem_id"] not in bare for row in rows)
    found = []
    for (unit, name), own in cells.items():
        repeats = [late for late in own if any(_back(late, early, within_days) for early in own)]
        p = min(_tail(len(own), mean[unit, name], wider) / _tail(1, mean[unit, name], wider), 1.0)
        if told:
            inside = [row for row in units[unit] if row not in own]
            p *= _unshown(own, inside, [row for row in rows if row["unit_code"] != unit], (bare, borrowed))
            p *= 1 - math.log(p)
        score = -math.log10(min(p, 1.0))
        if len(repeats) >= least and score >= cut:
            first = min(row["found_on"] for row in own)
            found.append((unit, unit, f"{first:%Y-%m} {name}", score, len(own), mean[unit, name]))
    return found


def _bare(world):
    """The problems that were closed before anything was handed in."""
    first = {}
    for event in world["events"]:
        if event["object_type"] == "rectify" and event["activity"] in ("apply", "rectify.apply", "rectify.report"):
            when = local(event["at"]).date()
            first[event["object_id"]] = min(first.get(event["object_id"], when), when)
    closed = {row["problem_id"]: row["closed_on"] for row in world["problems"] if row["closed_on"]}
    return {which for which, when in closed.items() if which not in first or first[which] > when}


def _unshown(own, inside, outside, known):
    bare, borrowed = known
    (n, k), (beside, marked), (far, odd) = (
        (sum(bool(row["closed_on"]) for row in part), sum(row["problem_id"] in bare for row in part))
        for part in (own, inside, outside)
    )
    rate = (marked + borrowed * (odd + 0.5) / (far + 1)) / (beside + borrowed)
    once = n * rate * (1 - rate)
    return tail(k, n * rate, once + once * max(n - 1, 0) / (beside + borrowed + 1))


def _back(late, early, within_days):
    return bool(early["closed_on"]) and 0 < (late["found_on"] - early["closed_on"]).days <= within_days


def _tail(seen, mean, wider):
    if wider <= 1 + 1e-9:
        return max(float(poisson.sf(seen - 1, mean)), 1e-300)
    return max(float(nbinom.sf(seen - 1, mean / (wider - 1), 1 / wider)), 1e-300)
