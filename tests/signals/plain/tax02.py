"""TAX-02, read plainly."""

from collections import defaultdict

from tests.signals.plain.tools import groups, month, span

LOOSE = {"cut": 0.01, "min_peers": 2, "rare": 0.6}


def read(world, cut, min_peers, rare):
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
            alike = {owner(row) for row in others if row["origin_country"] == origin}
            other_worth, worth = _worth(others), _worth(own)
            if origin == departure or len(peers) < min_peers or len(alike) > rare * len(peers):
                continue
            if other_worth > 0 and worth > 0 and worth * _duty(others) / other_worth - _duty(own) > 0:
                due = worth * _duty(others) / other_worth
                when = [month(heads[row["entry_id"]]["declared_at"]) for row in own]
                found[who].append((worth, _duty(own), due, min(when), max(when)))
    rows = []
    for who, parts in found.items():
        worth, duty, due = (sum(part[n] for part in parts) for n in range(3))
        if due - duty >= cut:
            period = span([when for part in parts for when in part[3:]])
            rows.append((who, None, period, due - duty, duty / worth, due / worth))
    return rows


def _worth(rows):
    return sum(float(row["value_cny"]) for row in rows)


def _duty(rows):
    return sum(float(row["value_cny"]) * row["tax_rate"] for row in rows)
