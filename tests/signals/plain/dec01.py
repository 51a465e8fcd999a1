"""DEC-01, read plainly."""

import math
from datetime import timedelta

from tests.signals.plain.tools import day_text, groups, local

LOOSE = {"cut": 2.0, "days": 2, "total_cny": 300, "beyond": 0.2}


def read(world, cut, days, total_cny, beyond):
    heads = {row["entry_id"]: row for row in world["declarations"]}

    def goods(item):
        head = heads[item["entry_id"]]
        return head["consignee_id"], head["ie"], item["hs_code"]

    found = []
    for (who, _ie, hs_code), lines in groups(world["items"], goods).items():
        if len(lines) < cut or sum(line["value_cny"] for line in lines) < total_cny:
            continue
        shipments = []
        for entry, same in groups(lines, lambda line: line["entry_id"]).items():
            worth = sum(line["value_cny"] for line in same)
            if worth < total_cny:
                shipments.append((local(heads[entry]["declared_at"]).date(), entry, worth))
        windows = []
        for last in {day for day, _, _ in shipments}:
            inside = [s for s in shipments if last - timedelta(days - 1) <= s[0] <= last]
            near = [s for s in shipments if last - timedelta(days - 1 + 28) <= s[0] <= last + timedelta(28)]
            usual = (len(near) - len(inside)) * days / 56
            total = sum(s[2] for s in inside)
            enough = len(inside) >= cut and total >= total_cny
            if enough and len(inside) >= usual + beyond * math.sqrt(usual + 1):
                windows.append((-len(inside), -total, last, usual, inside))
        if windows:
            count, _, _, usual, inside = min(windows, key=lambda window: window[:3])
            period = f"{day_text(min(inside)[0])}/{day_text(max(inside)[0])} {hs_code}"
            found.append((who, None, period, -count, -count, usual))
    return found
