"""VAL-02, read plainly."""

import math
from collections import Counter
from statistics import median

from scipy.stats import chi2

from guanjian.stats.benford import exact_p
from tests.signals.plain.tools import groups, month, span

LOOSE = {"cut": 0.0, "least": 4, "width": 0.2, "top_share": 0.6, "same_quantity": 0.25}
LAW = [math.log10(1 + 1 / digit) for digit in range(1, 10)]


def read(world, cut, least, width, top_share, same_quantity):
    heads = {row["entry_id"]: row for row in world["declarations"]}
    worth = [line for line in world["items"] if line["value_cny"] > 0]
    by_goods = groups(worth, lambda line: (heads[line["entry_id"]]["consignee_id"], line["hs_code"]))
    wide = [
        (who, lines)
        for (who, _), lines in by_goods.items()
        if _wide(lines, min(30, least), width) and not _counted_off(lines, same_quantity)
    ]
    judged = []
    for who, parts in groups(wide, lambda part: part[0]).items():
        lines = [line for _, lines in parts for line in lines]
        top = max(count for _, own in parts for count in Counter(line["value_cny"] for line in own).values())
        if len(lines) >= least and top <= top_share * len(lines):
            digits = Counter(int(str(line["value_cny"]).replace(".", "").lstrip("0")[0]) for line in lines)
            counts = [digits.get(digit, 0) for digit in range(1, 10)]
            months = [month(heads[line["entry_id"]]["declared_at"]) for line in lines]
            judged.append((who, counts, span(months)))
    alike = _alike([counts for _, counts, _ in judged])
    found = []
    for who, counts, period in judged:
        n = sum(counts)
        p = exact_p(counts)[0] if n <= 25 else max(float(chi2.sf(_g(counts) / (1 + (n - 1) * alike), 8)), 1e-300)
        if -math.log10(p) >= cut:
            strays = sum(abs(count / n - law) for count, law in zip(counts, LAW, strict=True)) / 9
            found.append((who, None, period, -math.log10(p), strays, 0.23485 / math.sqrt(n)))
    return found


def _wide(lines, fewest, width):
    logs = [math.log10(float(line["value_cny"])) for line in lines]
    mean = sum(logs) / len(logs)
    return len(logs) >= fewest and sum((log - mean) ** 2 for log in logs) / len(logs) >= width**2


def _counted_off(lines, same_quantity):
    known = [line["quantity"] for line in lines if line["quantity"] and line["quantity"] > 0]
    pairs = [(a, b) for place, a in enumerate(known) for b in known[:place]]
    return sum(a == b for a, b in pairs) > same_quantity * len(pairs)


def _g(counts):
    n = sum(counts)
    return 2 * sum(c * math.log(c / (n * law)) for c, law in zip(counts, LAW, strict=True) if c)


def _alike(every):
    if len(every) < 10:
        return 0.0
    return max(0.0, median((_g(c) / chi2.median(8) - 1) / max(sum(c) - 1, 1) for c in every))
