"""Every template read once more, slowly: one trace after another, event after event, as the sentence says it."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import combinations, pairwise

from guanjian.kernel.workdays import CHINA, Calendar, Limit, due


def names(value) -> set:
    return {value} if isinstance(value, str) else set(value)


def seq(trace):
    return [event["activity"] for event in trace]


# ── control flow: True when the trace keeps the rule ──────────────────────────────────────────────────────────────────
def existence(s, a, times=1):
    return sum(x in names(a) for x in s) >= times


def absence(s, a, times=1):
    return sum(x in names(a) for x in s) < times


def exactly(s, a, times=1):
    return sum(x in names(a) for x in s) == times


def init(s, a):
    return s[0] in names(a)


def last(s, a):
    return s[-1] in names(a)


def has(s, a):
    return any(x in names(a) for x in s)


def responded_existence(s, a, b):
    return not has(s, a) or has(s, b)


def coexistence(s, a, b):
    return has(s, a) == has(s, b)


def choice(s, a, b):
    return has(s, a) or has(s, b)


def exclusive_choice(s, a, b):
    return has(s, a) != has(s, b)


def response(s, a, b):
    return all(has(s[i + 1 :], b) for i, x in enumerate(s) if x in names(a))


def precedence(s, a, b):
    return all(has(s[:i], a) for i, x in enumerate(s) if x in names(b))


def succession(s, a, b):
    return response(s, a, b) and precedence(s, a, b)


def alternate_response(s, a, b):
    for i, x in enumerate(s):
        if x in names(a):
            ahead = next((y for y in s[i + 1 :] if y in names(a) | names(b)), None)
            if ahead not in names(b):
                return False
    return True


def alternate_precedence(s, a, b):
    for i, x in enumerate(s):
        if x in names(b):
            behind = next((y for y in reversed(s[:i]) if y in names(a) | names(b)), None)
            if behind not in names(a):
                return False
    return True


def alternate_succession(s, a, b):
    return alternate_response(s, a, b) and alternate_precedence(s, a, b)


def chain_response(s, a, b):
    return all(i + 1 < len(s) and s[i + 1] in names(b) for i, x in enumerate(s) if x in names(a))


def chain_precedence(s, a, b):
    return all(i > 0 and s[i - 1] in names(a) for i, x in enumerate(s) if x in names(b))


def chain_succession(s, a, b):
    return chain_response(s, a, b) and chain_precedence(s, a, b)


def not_coexistence(s, a, b):
    return not (has(s, a) and has(s, b))


def not_response(s, a, b):
    return not any(has(s[i + 1 :], b) for i, x in enumerate(s) if x in names(a))


def not_precedence(s, a, b):
    return not any(has(s[:i], a) for i, x in enumerate(s) if x in names(b))


def not_chain_response(s, a, b):
    return not any(x in names(a) and y in names(b) for x, y in pairwise(s))


def skipped(s, steps):
    return not has(s, steps[-1]) or all(has(s, step) for step in steps)


def reordered(s, steps):
    firsts = [next((i for i, x in enumerate(s) if x in names(step)), None) for step in steps]
    seen = [place for place in firsts if place is not None]
    return seen == sorted(seen)


def repeated(s, a, at_most=1):
    return sum(x in names(a) for x in s) <= at_most


FLOW = {
    f.__name__: f
    for f in (
        existence, absence, exactly, init, last, responded_existence, coexistence, choice, exclusive_choice, response,
        precedence, succession, alternate_response, alternate_precedence, alternate_succession, chain_response,
        chain_precedence, chain_succession, not_coexistence, not_response, not_precedence, not_chain_response, skipped,
        reordered, repeated,
    )
}  # fmt: skip
FLOW |= {
    "not_responded_existence": not_coexistence,
    "not_succession": not_response,
    "not_chain_precedence": not_chain_response,
    "not_chain_succession": not_chain_response,
}


# ── facts: the objects in breach, over the whole log {object: [event, …]} ─────────────────────────────────────────────
def of(trace, a):
    return [event for event in trace if event["activity"] in names(a)]


def everywhere(log, a):
    return [(o, event) for o, trace in log.items() for event in of(trace, a)]


def any_event(log, a, wrong):
    return {o for o, event in everywhere(log, a) if wrong(event)}


def limit_end(start: datetime, amount, unit, calendar):
    if unit in ("s", "min"):
        return start + timedelta(seconds=amount * {"s": 1, "min": 60}[unit])
    return due(start.replace(tzinfo=CHINA), Limit(amount, unit), calendar).astimezone(CHINA).replace(tzinfo=None)


def time_limit(log, world, a, b, amount, unit, each=False):
    found = set()
    end_of_log = max((event["at"] for trace in log.values() for event in trace), default=None)
    for o, trace in log.items():
        for i, event in enumerate(trace):
            if event["activity"] not in names(a):
                continue
            done = next((e["at"] for e in (trace[i + 1 :] if each else trace) if e["activity"] in names(b)), None)
            end = limit_end(event["at"], amount, unit, world["calendar"])
            after = done is not None and (done > end if unit in ("s", "min", "h") else done >= end)
            if after or (done is None and end <= end_of_log):
                found.add(o)
            if not each:
                break
    return found


def too_soon(log, world, a, b, amount, unit="min"):
    return {
        o
        for o, trace in log.items()
        for i, event in enumerate(trace)
        if event["activity"] in names(a)
        for done in [next((e["at"] for e in trace[i + 1 :] if e["activity"] in names(b)), None)]
        if done is not None and done < event["at"] + timedelta(seconds=amount * {"s": 1, "min": 60, "h": 3600}[unit])
    }


def too_short(log, world, a, minutes):
    return any_event(log, a, lambda e: e["ended_at"] and e["ended_at"] - e["at"] < timedelta(minutes=minutes))


def off_hours(log, world, a, start=8, end=18, working_days=False):
    def wrong(event):
        hour = event["at"].hour
        inside = start <= hour < end if start <= end else hour >= start or hour < end
        return not inside or (working_days and not world["calendar"].is_working(event["at"].date()))

    return any_event(log, a, wrong)


def back_dated(log, world, a, minutes=60, ahead_minutes=5):
    return any_event(
        log,
        a,
        lambda e: (
            e["received_at"]
            and (
                e["received_at"] - e["at"] > timedelta(minutes=minutes)
                or e["at"] - e["received_at"] > timedelta(minutes=ahead_minutes)
            )
        ),
    )


def overlap(log, world, a, empty="unknown"):
    work = [(o, e) for o, e in everywhere(log, a) if e["officer_id"] and e["ended_at"] and e["ended_at"] > e["at"]]
    found = set()
    for (o, x), (p, y) in combinations(work, 2):
        if x["officer_id"] == y["officer_id"] and x["at"] < y["ended_at"] and y["at"] < x["ended_at"]:
            found |= {o, p}
    return found


def apart(log, world, steps, empty="unknown"):
    found = set()
    for o, trace in log.items():
        hands = [{e["officer_id"] for e in of(trace, step)} - {None} for step in steps]
        if any(x & y for x, y in combinations(hands, 2)):
            found.add(o)
    return found


def self_approved(log, world, a, empty="unknown"):
    return any_event(log, a, lambda e: e["officer_id"] and e["officer_id"] == e["approver_id"])


def two_persons(log, world, a, persons=2):
    return {o for o, t in log.items() if of(t, a) and len({e["officer_id"] for e in of(t, a)} - {None}) < persons}


def authority(log, world, a, empty="unknown"):
    def wrong(event):
        if event["officer_id"] is None or event["amount"] is None:
            return False
        day = event["at"].date()
        held = [
            grant["limit_cny"]
            for grant in world["authorities"]
            if grant["holder"] in (event["officer_id"], event["post"])
            and grant["activity"] in (None, event["activity"])
            and (grant["from"] is None or grant["from"] <= day)
            and (grant["to"] is None or day <= grant["to"])
        ]
        return not held or (None not in held and event["amount"] > max(held))

    return any_event(log, a, wrong)


def recusal(log, world, a, empty="unknown"):
    def wrong(event):
        return any(
            {r["officer_id"], r["other_id"]} == {event["officer_id"], event["party"]}
            and (r["declared_on"] is None or r["declared_on"] <= event["at"].date())
            for r in world["relations"]
            if event["officer_id"] and event["party"]
        )

    return any_event(log, a, wrong)


def rostered(log, world, a, empty="unknown"):
    def wrong(event):
        on = [
            r["officer_id"]
            for r in world["rosters"]
            if r["unit_code"] == event["unit_code"] and r["starts_at"] <= event["at"] < r["ends_at"]
        ]
        return event["officer_id"] is not None and on and event["officer_id"] not in on

    return any_event(log, a, wrong)


def qualified(log, world, a, course, empty="unknown"):
    def wrong(event):
        day = event["at"].date()
        return event["officer_id"] is not None and not any(
            k["officer_id"] == event["officer_id"]
            and k["course"] == course
            and k["passed"]
            and k["on"] <= day
            and (k["expires"] is None or k["expires"] >= day)
            for k in world["qualifications"]
        )

    return any_event(log, a, wrong)


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


FACTS = {
    f.__name__: f
    for f in (
        time_limit, too_soon, too_short, off_hours, back_dated, overlap, apart, self_approved, two_persons, authority,
        recusal, rostered, qualified, within, reached, speed, on_route, duplicate_evidence, share, filled, at_most,
        amount_needs, downgraded, band, split,
    )
}  # fmt: skip


def breached(rule, log, world=None) -> set:
    """The objects (or, where the rule groups by something else, the groups) that break the rule."""
    world = {"calendar": Calendar(), "authorities": [], "relations": [], "rosters": [], "qualifications": []} | (
        world or {}
    )
    if rule.name in FLOW:
        return {o for o, trace in log.items() if not FLOW[rule.name](seq(trace), **rule.args)}
    return FACTS[rule.name](log, world, **rule.args)
