"""INT-04, read plainly: every shift, every trader who came, every officer who was there."""

import math
from collections import Counter, defaultdict

import numpy as np
from scipy.stats import nbinom

from tests.signals.plain.tools import groups, local, month, span, tail

LOOSE = {"cut": 0.0, "min_expected": 0.1, "handled": 0.0, "weekdays": 0, "posts": "doc_review,examination"}


def read(world, cut, min_expected, handled, weekdays, posts):
    shifts = {
        (row["unit_code"], row["starts_at"], row["ends_at"], row["officer_id"])
        for row in world["rosters"]
        if row["post"] in posts.split(",")
    }
    hands = {(event["officer_id"], event["object_id"]) for event in world["events"] if event["object_type"] == "entry"}
    pairs, periods = [], {}
    for house, of in groups(shifts, lambda shift: shift[0]).items():
        crews = {slot: {s[3] for s in crew} for slot, crew in groups(of, lambda s: s[1:3]).items()}
        came = {slot: _came(world, house, *slot) for slot in crews}
        periods[house] = span([month(begins) for begins, _ in crews])
        if any(came.values()):
            pairs += [
                (house, *pair, *sums) for pair, sums in _sums(crews, came, weekdays).items() if sums[1] >= min_expected
            ]
    pairs = [pair for pair in pairs if pair[5] > 1e-12]
    spread = [(seen - mean) / math.sqrt(variance) for *_, seen, mean, variance in pairs]
    wider = 1.0
    if len(pairs) >= 20:
        low, high = np.quantile(spread, [0.25, 0.75])
        wider = max(1.0, ((high - low) / (2 * 0.67449)) ** 2)
    found = []
    for house, officer, trader, seen, mean, variance in pairs:
        score = -math.log10(max(_tail(seen, mean, variance * wider), 1e-300))
        if score >= cut and _share(world, shifts, hands, (house, officer, trader)) >= handled:
            found.append((f"{officer}|{trader}", house, periods[house], score, seen, mean))
    return found


def _trader(head):
    return head["agent_id"] or head["consignee_id"]


def _came(world, house, begins, ends):
    heads = (head for head in world["declarations"] if head["unit_code"] == house)
    return {_trader(head) for head in heads if begins <= head["declared_at"] < ends}


def _sums(crews, came, weekdays):
    def cell(slot):
        starts = local(slot[0])
        return starts.year, (starts.month - 1) // 3, weekdays and starts.weekday(), starts.hour, starts.minute

    sums = defaultdict(lambda: [0, 0.0, 0.0])
    for slots in groups(crews, cell).values():
        n = sum(len(came[slot]) for slot in slots)
        by_trader = Counter(trader for slot in slots for trader in came[slot])
        by_officer = Counter()
        for slot in slots:
            for officer in crews[slot]:
                by_officer[officer] += len(came[slot])
        for officer, i in by_officer.items():
            for trader, b in by_trader.items():
                pair = sums[officer, trader]
                pair[0] += sum(officer in crews[slot] and trader in came[slot] for slot in slots)
                pair[1] += b * i / n
                pair[2] += b * (n - b) / (n * n * (n - 1)) * i * (n - i) if n > 1 else 0.0
    return {pair: tuple(values) for pair, values in sums.items()}


def _share(world, shifts, hands, pair):
    house, officer, trader = pair
    own = [shift for shift in shifts if shift[0] == house and shift[3] == officer]
    entries = [
        head["entry_id"]
        for head in world["declarations"]
        if head["unit_code"] == house and _trader(head) == trader
        if any(begins <= head["declared_at"] < ends for _, begins, ends, _ in own)
    ]
    return sum((officer, entry) in hands for entry in entries) / len(entries) if entries else 0.0


def _tail(seen, mean, variance):
    if variance <= mean * (1 + 1e-9):
        return tail(seen, mean, variance)
    stay = mean / variance
    return float(nbinom.sf(seen - 1, mean * stay / (1 - stay), stay)) if seen > 0 else 1.0
