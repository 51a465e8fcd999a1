"""TAX-02, read plainly."""

from collections import defaultdict

from tests.signals.plain.tools import groups, month, span

LOOSE = {"cut": 0.01, "min_peers": 2, "rare": 0.6, "min_own": 1}


def read(world, cut, min_peers, rare, min_own):
    heads = {row["entry_id"]: row for row in world["declarations"] if row["ie"] == "import"}
    lines = [row for row in world["items"] if row["entry_id"] in heads]

    def way(row):
        head = heads[row["entry_id"]]
        return row["hs_code"], head["departure_country"], head["trade_mode"]

    def owner(row):
        return heads[row["entry_id"]]["consignee_id"]

    found = defaultdict(list)
    for (_, departure, _), rows in groups(lines, way).items():
        for (who, origin), own in groups(rows, lambda row: (owner(row), row["origin_country"])).items():
            others = [row for row in rows if owner(row) != who]
            peers = {owner(row) for row in others}
            alike = {other for other in peers if _saves(rows, other, origin, owner)}
            made_there = [row for row in rows if owner(row) == who and row["origin_country"] == departure]
            other_worth, worth = _worth(others), _worth(own)
            if len(peers) >= min_peers and len(alike) <= rare * len(peers) and other_worth > 0:
                usual = _duty(others) / other_worth
            elif len(made_there) >= min_own and _worth(made_there) > 0:
                usual = _duty(made_there) / _worth(made_there)
            else:
                continue
            if origin != departure and worth > 0 and worth * usual - _duty(own) > 1e-9 * worth:
                when = [month(heads[row["entry_id"]]["declared_at"]) for row in own]
                found[who].append((worth, _duty(own), worth * usual, min(when), max(when)))
    rows = []
    for who, parts in found.items():
        worth, duty, due = (sum(part[n] for part in parts) for n in range(3))
        if round(due - duty, 2) >= cut:
            period = span([when for part in parts for when in part[3:]])
            rows.append((who, None, period, round(due - duty, 2), duty / worth, due / worth))
    return rows


def _saves(rows, who, origin, owner):
    """Does the claimed origin cost this enterprise less than what all the others of the way pay?"""
    own = [row for row in rows if owner(row) == who and row["origin_country"] == origin]
    others = [row for row in rows if owner(row) != who]
    if _worth(own) <= 0 or _worth(others) <= 0:
        return False
    return _duty(own) < (_duty(others) / _worth(others) - 1e-9) * _worth(own)


def _worth(rows):
    return sum(float(row["value_cny"]) for row in rows)


def _duty(rows):
    return sum(float(row["value_cny"]) * row["tax_rate"] for row in rows)
