"""REC-01, read plainly."""

import math

from scipy.stats import nbinom, poisson

from tests.signals.plain.tools import groups

LOOSE = {"cut": 0.0, "least": 1, "within_days": 365}


def read(world, cut, least, within_days):
    rows = world["problems"]

    def node(row):
        return row["node_code"] or row["line_code"]

    cells = groups(rows, lambda row: (row["unit_code"], node(row)))
    units, nodes = groups(rows, lambda row: row["unit_code"]), groups(rows, node)
    mean = {(unit, name): len(units[unit]) * len(nodes[name]) / len(rows) for unit in units for name in nodes}
    freedom = (len(units) - 1) * (len(nodes) - 1)
    spread = sum((len(cells.get(cell, [])) - e) ** 2 / e for cell, e in mean.items())
    wider = max(1.0, spread / freedom) if freedom else 1.0
    found = []
    for (unit, name), own in cells.items():
        repeats = [late for late in own if any(_back(late, early, within_days) for early in own)]
        score = -math.log10(min(_tail(len(own), mean[unit, name], wider) / _tail(1, mean[unit, name], wider), 1.0))
        if len(repeats) >= least and score >= cut:
            first = min(row["found_on"] for row in own)
            found.append((unit, unit, f"{first:%Y-%m} {name}", score, len(own), mean[unit, name]))
    return found


def _back(late, early, within_days):
    return bool(early["closed_on"]) and 0 < (late["found_on"] - early["closed_on"]).days <= within_days


def _tail(seen, mean, wider):
    if wider <= 1 + 1e-9:
        return max(float(poisson.sf(seen - 1, mean)), 1e-300)
    return max(float(nbinom.sf(seen - 1, mean / (wider - 1), 1 / wider)), 1e-300)
