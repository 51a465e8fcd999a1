"""The templates of time and people read plainly: the objects in breach, over the whole log {object: [event, …]}."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import combinations

from guanjian.kernel.workdays import CHINA, Limit, due
from tests.engine.controls.plain_events import any_event, everywhere, names, of


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
