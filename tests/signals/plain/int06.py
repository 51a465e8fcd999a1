"""INT-06, read plainly: every day, every trader who came, every officer who had the hour."""

import math
from collections import defaultdict
from datetime import datetime, timedelta

import numpy as np

from guanjian.kernel.workdays import CHINA
from tests.signals.plain.tools import groups, local, month, span, tail

LOOSE = {"cut": 0.0, "min_expected": 0.05, "least": 1, "handled": 0.0, "borrowed": 5.0,
         "posts": "doc_review,examination"}  # fmt: skip


def read(world, cut, min_expected, least, handled, borrowed, posts):
    shifts = {
        (row["unit_code"], row["starts_at"], row["ends_at"], row["officer_id"])
        for row in world["rosters"]
        if row["post"] in posts.split(",")
    }
    parts = [(house, officer, *part) for house, *times, officer in shifts for part in _parts(*times)]
    found = []
    for house, of in groups(parts, lambda part: part[0]).items():
        hours = groups(of, lambda part: part[3])
        came = _came(world, house, shifts)
        for hour, mine in hours.items() if len(hours) > 1 else ():
            found += [
                (house, hour, *pair) for pair in _pairs(came, hour, {part[1:3] for part in mine}, borrowed, least)
            ]
    found = [pair for pair in found if pair[5] >= min_expected and pair[6] > 1e-9]
    spread = [(seen - mean) / math.sqrt(variance) for *_, seen, mean, variance, _ in found]
    wider = 1.0
    if len(found) >= 20:
        low, high = np.quantile(spread, [0.25, 0.75])
        wider = max(1.0, ((high - low) / (2 * 0.67449)) ** 2)
    surest = {}
    for house, hour, officer, trader, seen, mean, variance, period in found:
        p = max(tail(seen, mean, variance * wider), 1e-300)
        lodged = [n for n in _lodged(world, house, trader) if _served(shifts, (house, hour, officer), n[1])]
        share = sum(_handled(world, officer, n[0]) for n in lodged) / len(lodged) if lodged else 0.0
        if share >= handled and (p, hour) < surest.get((house, officer, trader), (2.0, ""))[:2]:
            surest[house, officer, trader] = p, hour, seen, mean, period
    return [
        (f"{officer}|{trader}", house, period, -math.log10(p), seen, mean)
        for (house, officer, trader), (p, _, seen, mean, period) in surest.items()
        if -math.log10(p) >= cut
    ]


def _parts(begins, ends):
    """The days on which a shift runs, and the clock from which it runs on each."""
    day = local(begins).date()
    while datetime(day.year, day.month, day.day, tzinfo=CHINA) < ends:
        yield day, f"{local(begins):%H:%M}" if day == local(begins).date() else "00:00"
        day += timedelta(days=1)


def _lodged(world, house, trader):
    heads = [head for head in world["declarations"] if head["unit_code"] == house]
    return [(h["entry_id"], h["declared_at"]) for h in heads if (h["agent_id"] or h["consignee_id"]) == trader]


def _served(shifts, what, at):
    house, hour, officer = what
    mine = [shift for shift in shifts if (shift[0], shift[3]) == (house, officer) and shift[1] <= at < shift[2]]
    return any((local(at).date(), hour) in _parts(*shift[1:3]) for shift in mine)


def _handled(world, officer, entry):
    return any(
        e["object_type"] == "entry" and (e["officer_id"], e["object_id"]) == (officer, entry) for e in world["events"]
    )


def _came(world, house, shifts):
    """Trader → day → hour → entries."""
    came = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for head in world["declarations"]:
        at = head["declared_at"]
        for where, begins, ends, _ in shifts:
            if where == house == head["unit_code"] and begins <= at < ends:
                day = local(at).date()
                hour = dict(_parts(begins, ends))[day]
                came[head["agent_id"] or head["consignee_id"]][day][hour].add(head["entry_id"])
    return came


def _term(day):
    return day.year, (day.month - 1) // 3


def _pairs(came, hour, duty, borrowed, least):
    crews = {term: {who for who, day in of} for term, of in groups(duty, lambda each: _term(each[1])).items()}
    duty = {each for each in duty if len(crews[_term(each[1])]) >= 3}
    days = {day for _, day in duty}
    visits = [
        (trader, day, len(hours.get(hour, ())), sum(map(len, hours.values())))
        for trader, by_day in came.items()
        for day, hours in by_day.items()
        if day in days
    ]
    for trader, mine in groups(visits, lambda visit: visit[0]).items():
        total, whole = sum(visit[2] for visit in mine), sum(visit[3] for visit in mine)
        if least <= total < whole:
            usual = {day: _usual(visits, (trader, day), borrowed) for _, day, _, _ in mine}
            terms = groups(mine, lambda visit: _term(visit[1])).values()
            for officer in {who for who, _ in duty}:
                on = {day for who, day in duty if who == officer}
                sums = np.sum([_one_term(term, on, usual) for term in terms], axis=0)
                scatter = max(1.0, sums[3] / sums[4]) if sums[4] > 1e-9 else 1.0
                yield officer, trader, float(sums[0]), sums[1], sums[2] * scatter, span([_month(day) for day in days])


def _month(day):
    return month(datetime(day.year, day.month, day.day, tzinfo=CHINA))


def _usual(visits, own, borrowed):
    trader, day = own
    every = (sum(visit[2] > 0 for visit in visits) + 0.5) / (len(visits) + 1)
    others = [visit for visit in visits if visit[0] != trader and visit[1].weekday() == day.weekday()]
    return (sum(visit[2] > 0 for visit in others) + borrowed * every) / (len(others) + borrowed)


def _one_term(visits, on, usual):
    x, n = sum(visit[2] for visit in visits), sum(visit[3] for visit in visits)
    rate, mean_usual = x / n, sum(visit[3] * usual[visit[1]] for visit in visits) / n
    tilt = rate * (1 - rate) / (mean_usual * (1 - mean_usual))
    rest = {day: seen - whole * (rate + tilt * (usual[day] - mean_usual)) for _, day, seen, whole in visits}
    seen = sum(visit[2] for visit in visits if visit[1] in on)
    mean = min(max(seen - sum(rest[day] for day in rest if day in on), 0.0), x)
    part = mean / x if x else 0.0
    exact = x * part * (1 - part) * (n - x) / max(n - 1, 1)
    off = [visit for visit in visits if visit[1] not in on]
    if not off:
        return seen, mean, exact, 0.0, 0.0
    others, other = x - seen, sum(visit[3] for visit in off)
    left = [rest[visit[1]] for visit in off]
    scatter = sum(r * r for r in left) - sum(left) ** 2 / len(off)
    return seen, mean, exact, scatter, others * (1 - others / other) * (1 - 1 / len(off))
