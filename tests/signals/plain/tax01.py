"""TAX-01, read plainly."""

from collections import defaultdict

from tests.signals.plain.tools import groups, month, span

LOOSE = {"cut": 0.01, "min_peers": 2, "majority": 0.5, "digits": 1}


def read(world, cut, min_peers, majority, digits):
    heads = {row["entry_id"]: row for row in world["declarations"] if row["ie"] == "import"}
    lines = [row for row in world["items"] if row["entry_id"] in heads]
    rate = {code: max(row["tax_rate"] for row in rows) for code, rows in groups(lines, lambda r: r["hs_code"]).items()}
    found = defaultdict(list)
    for _, rows in groups(lines, lambda row: (row["goods_name"], row["hs_code"][:digits])).items():
        users = {
            code: {heads[row["entry_id"]]["consignee_id"] for row in same}
            for code, same in groups(rows, lambda row: row["hs_code"]).items()
        }
        usual = min(users, key=lambda code: (-len(users[code]), code))
        if len(users[usual]) < max(min_peers, majority * len(set().union(*users.values()))):
            continue
        for row in rows:
            if row["hs_code"] != usual and rate[row["hs_code"]] < rate[usual]:
                head = heads[row["entry_id"]]
                worth = float(row["value_cny"])
                own, due = worth * rate[row["hs_code"]], worth * rate[usual]
                found[head["consignee_id"]].append((worth, own, due, month(head["declared_at"])))
    rows = []
    for who, parts in found.items():
        worth, own, due = (sum(part[n] for part in parts) for n in range(3))
        if due - own >= cut:
            rows.append((who, None, span([part[3] for part in parts]), due - own, own / worth, due / worth))
    return rows
