"""CLR-01, read plainly."""

import math

import numpy as np

from tests.signals.plain.tools import groups, month

LOOSE = {"cut": 0.5, "min_peers": 3}


def read(world, cut, min_peers):
    opened = {row["entry_id"] for row in world["examinations"]}
    done = [row for row in world["declarations"] if row["released_at"] and row["released_at"] > row["declared_at"]]

    def place(row):
        same = (row["unit_code"], row["ie"], row["trade_mode"], row["transport_mode"])
        return (*same, row["entry_id"] in opened, month(row["declared_at"]))

    def took(row):
        return math.log((row["released_at"] - row["declared_at"]).total_seconds() / 3600)

    found = []
    for where, rows in groups(done, place).items():
        middle, upper, last = np.quantile([took(row) for row in rows], [0.5, 0.75, 0.95])
        if len(rows) < min_peers or upper <= middle:
            continue
        for row in rows:
            score = (took(row) - middle) / ((upper - middle) / 0.6745)
            if score >= cut and took(row) > last:
                hours = (math.exp(took(row)), math.exp(middle))
                found.append((row["entry_id"], row["unit_code"], where[-1], score, *hours))
    return found
