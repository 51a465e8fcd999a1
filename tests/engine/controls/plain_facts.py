"""The templates of place, amount and share read plainly: the objects in breach, or the groups."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

from tests.engine.controls.plain_events import any_event, everywhere, names, of


def metres(lon1, lat1, lon2, lat2):
    f, g = math.radians(lat1), math.radians(lat2)
    half = math.sin((g - f) / 2) ** 2 + math.cos(f) * math.cos(g) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371000 * math.asin(math.sqrt(min(1, half)))


def from_place(event):
    here = (event["lon"], event["lat"], event["place_lon"], event["place_lat"])
    return None if None in here else metres(*here)


def within(log, world, a, metres_allowed=500):
    return any_event(log, a, lambda e: from_place(e) is not None and from_place(e) > metres_allowed)


def reached(log, world, a, metres_allowed=500):
    found = set()
    for o, trace in log.items():
        known = [from_place(e) for e in of(trace, a) if from_place(e) is not None]
        if known and min(known) > metres_allowed:
            found.add(o)
    return found


def speed(log, world, a, kmh=150, empty="unknown"):
    found, people = set(), defaultdict(list)
    order = {id(e): i for i, e in enumerate(e for o in sorted(log) for e in log[o])}
    for o, e in everywhere(log, a):
        if e["officer_id"] and e["lon"] is not None and e["lat"] is not None:
            people[e["officer_id"]].append((e["at"], order[id(e)], o, e))
    for moves in people.values():
        moves.sort(key=lambda m: m[:2])
        for (_, _, o, x), (_, _, p, y) in pairwise(moves):
            far = metres(x["lon"], x["lat"], y["lon"], y["lat"])
            if far > 200 and far * 3.6 > kmh * (y["at"] - x["at"]).total_seconds():
                found |= {o, p}
    return found


def on_route(log, world, a, metres_allowed=5000):
    def wrong(e):
        if None in (e["lon"], e["lat"], e["place_lon"], e["place_lat"], e["from_lon"], e["from_lat"]):
            return False
        east = math.cos(math.radians(e["from_lat"])) * 111194.93
        p = ((e["lon"] - e["from_lon"]) * east, (e["lat"] - e["from_lat"]) * 111194.93)
        q = ((e["place_lon"] - e["from_lon"]) * east, (e["place_lat"] - e["from_lat"]) * 111194.93)
        length = q[0] ** 2 + q[1] ** 2
        u = 0 if length == 0 else min(1, max(0, (p[0] * q[0] + p[1] * q[1]) / length))
        return math.hypot(p[0] - u * q[0], p[1] - u * q[1]) > metres_allowed

    return any_event(log, a, wrong)


def duplicate_evidence(log, world, a):
    users = defaultdict(set)
    for o, event in everywhere(log, a):
        if event["evidence"] is not None:
            users[event["evidence"]].add(o)
    return {o for shared in users.values() if len(shared) > 1 for o in shared}


def share(log, world, a, of, by, at_most=0.2, at_least=20):
    column = "officer_id" if by == "who" else by
    total, counted = defaultdict(int), defaultdict(int)
    for _, event in everywhere(log, names(a) | names(of)):
        total[event[column]] += 1
        counted[event[column]] += event["activity"] in names(a)
    return {g for g, n in total.items() if g is not None and n >= at_least and counted[g] > at_most * n}


def filled(log, world, a, fields):
    return any_event(log, a, lambda e: any(e[name] is None or str(e[name]) == "" for name in fields))


def at_most(log, world, a, field, limit):
    return any_event(log, a, lambda e: e[field] is not None and e[field] > limit)


def amount_needs(log, world, a, at_least, b, when="any"):
    found = set()
    for o, trace in log.items():
        for i, event in enumerate(trace):
            if event["activity"] in names(a) and event["amount"] is not None and event["amount"] >= at_least:
                where = {"any": trace, "before": trace[:i], "after": trace[i + 1 :]}[when]
                if not of(where, b):
                    found.add(o)
    return found


def downgraded(log, world, a, required, actual, order):
    def wrong(e):
        return e[required] in order and e[actual] in order and order.index(e[actual]) > order.index(e[required])

    return any_event(log, a, wrong)


def band(log, world, a, value, base, low, high):
    def wrong(e):
        return None not in (e[value], e[base]) and not low * e[base] <= e[value] <= high * e[base]

    return any_event(log, a, wrong)


def split(log, world, a, same, total, within, unit="cd", pieces=2):
    span = timedelta(days=within) if unit == "cd" else timedelta(hours=within)
    parts = [
        (tuple(e[key] for key in same), o, e)
        for o, e in everywhere(log, a)
        if e["amount"] is not None and e["amount"] < total and all(e[key] is not None for key in same)
    ]
    found = set()
    for key, _, ending in parts:
        window = [(o, e) for k, o, e in parts if k == key and ending["at"] - span <= e["at"] <= ending["at"]]
        if len(window) >= pieces and sum(e["amount"] for _, e in window) >= total:
            found |= {o for o, _ in window}
    return found
