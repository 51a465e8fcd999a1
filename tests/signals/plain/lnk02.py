"""LNK-02, read plainly: walk from each enterprise to all that it is tied to."""

from tests.signals.plain.tied import beside
from tests.signals.plain.tools import groups, month, span

LOOSE = {"cut": 1.0, "hub": 4, "largest": 50}


def read(world, cut, hub, largest):
    near, done, found = beside(world, hub), set(), []
    for start in near:
        ring, waiting = set(), [start]
        while waiting:
            who = waiting.pop()
            if who not in ring:
                ring.add(who)
                waiting += near[who]
        if start in done or len(ring) > largest:
            continue
        done |= ring
        trade = groups(
            [
                (kind, row[kind], row)
                for row in world["declarations"]
                for kind in ("overseas_party", "agent_id")
                if row["consignee_id"] in ring and row[kind]
            ],
            lambda each: each[:2],
        )
        sizes = {common: len({row["consignee_id"] for *_, row in rows}) for common, rows in trade.items()}
        if sizes and max(sizes.values()) >= cut:
            best = min(sizes, key=lambda common: (-sizes[common], common[0] != "overseas_party", common[1]))
            rows = [row for *_, row in trade[best]]
            many = {who: len(own) for who, own in groups(rows, lambda row: row["consignee_id"]).items()}
            head = min(many, key=lambda who: (-many[who], who))
            period = span([month(row["declared_at"]) for row in rows])
            found.append((head, None, period, len(many), len(many), 1.0))
    return found
