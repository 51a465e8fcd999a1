"""Generated logs and generated arguments: little alphabets, so that rules meet each other often."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from guanjian.engine.controls.all_templates import TEMPLATES
from guanjian.kernel.workdays import Calendar

START = datetime(2026, 1, 1, 5)
ACTS = ["a", "b", "c", "d"]
PEOPLE = ["p1", "p2", "p3"]
acts = st.one_of(st.sampled_from(ACTS), st.lists(st.sampled_from(ACTS), min_size=1, max_size=2, unique=True))
maybe = lambda strategy: st.one_of(st.none(), strategy)  # noqa: E731
near = st.sampled_from([121.5, 121.504, 121.6, 123.0])
north = st.sampled_from([31.2, 31.203, 32.0])
days = st.integers(0, 30).map(lambda n: date(2026, 1, 1) + timedelta(days=n))


@st.composite
def events(draw, at):
    """One event at a time, with every fact that some rule reads."""
    later = lambda choices: draw(maybe(st.sampled_from(choices).map(lambda m: at + timedelta(minutes=m))))  # noqa: E731
    return {
        "activity": draw(st.sampled_from(ACTS)),
        "at": at,
        "officer_id": draw(maybe(st.sampled_from(PEOPLE))),
        "approver_id": draw(maybe(st.sampled_from(PEOPLE))),
        "unit_code": draw(maybe(st.sampled_from(["u1", "u2"]))),
        "post": draw(maybe(st.sampled_from(["chief", "clerk"]))),
        "received_at": later([-30, -5, 0, 60, 61, 600]),
        "ended_at": later([-1, 0, 3, 5, 90, 3000]),
        "amount": draw(maybe(st.integers(0, 10).map(float))),
        "base": draw(maybe(st.integers(0, 4).map(float))),
        "lon": draw(maybe(near)),
        "lat": draw(maybe(north)),
        "place_lon": draw(maybe(near)),
        "place_lat": draw(maybe(north)),
        "from_lon": draw(maybe(near)),
        "from_lat": draw(maybe(north)),
        "evidence": draw(maybe(st.sampled_from(["h1", "h2", "h3", "h4"]))),
        "required": draw(maybe(st.sampled_from("ABCJ"))),
        "actual": draw(maybe(st.sampled_from("ABCJ"))),
        "party": draw(maybe(st.sampled_from(["e1", "e2", "p1"]))),
        "reason": draw(st.sampled_from([None, "", "said"])),
    }


@st.composite
def logs(draw):
    """A few objects; times move on in steps that meet limits exactly, some of them by nothing."""
    steps = st.sampled_from([0, 0, 1, 5, 60, 61, 1440, 1500, 2880, 4320, 12 * 1440])
    log = {}
    for number in range(draw(st.integers(1, 6))):
        at, trace = START + timedelta(minutes=draw(st.integers(0, 4000))), []
        for _ in range(draw(st.integers(1, 7))):
            trace.append(draw(events(at)))
            at += timedelta(minutes=draw(steps))
        log[f"o{number}"] = trace
    return log


@st.composite
def worlds(draw):
    """Side tables and a calendar with a long holiday and a worked weekend."""
    grants = st.fixed_dictionaries(
        {
            "holder": st.sampled_from([*PEOPLE, "chief"]),
            "activity": maybe(st.sampled_from(ACTS)),
            "limit_cny": maybe(st.integers(0, 9).map(float)),
            "from": maybe(days),
            "to": maybe(days),
        }
    )
    ties = st.fixed_dictionaries(
        {"officer_id": st.sampled_from(PEOPLE), "other_id": st.sampled_from(["e1", "p2"]), "declared_on": maybe(days)}
    )
    shifts = st.builds(
        lambda unit, who, start, hours: {
            "unit_code": unit,
            "officer_id": who,
            "starts_at": START + timedelta(hours=start),
            "ends_at": START + timedelta(hours=start + hours),
        },
        st.sampled_from(["u1", "u2"]),
        st.sampled_from(PEOPLE),
        st.integers(-24, 72),
        st.sampled_from([8, 24, 60]),
    )
    passes = st.fixed_dictionaries(
        {
            "officer_id": st.sampled_from(PEOPLE),
            "course": st.sampled_from(["k", "other"]),
            "passed": st.booleans(),
            "on": days,
            "expires": maybe(days),
        }
    )
    off = {date(2026, 1, 1) + timedelta(days=n) for n in draw(st.sets(st.integers(0, 20), max_size=8))}
    return {
        "authorities": draw(st.lists(grants, max_size=4)),
        "relations": draw(st.lists(ties, max_size=3)),
        "rosters": draw(st.lists(shifts, max_size=4)),
        "qualifications": draw(st.lists(passes, max_size=4)),
        "calendar": Calendar(frozenset(off), frozenset({date(2026, 1, 10)} - off)),
    }


NAMED = {
    "amount": lambda name: st.integers(1, 3),
    "times": lambda name: st.integers(1, 3),
    "unit": lambda name: st.sampled_from({"too_soon": ["s", "min", "h"], "split": ["h", "cd"]}.get(name, ["min", "h", "cd", "wd", "m", "y"])),
    "empty": lambda name: st.sampled_from(["unknown", "system"]),
    "course": lambda name: st.just("k"),
    "when": lambda name: st.sampled_from(["any", "before", "after"]),
    "by": lambda name: st.sampled_from(["who", "unit_code"]),
    "field": lambda name: st.just("amount"),
    "value": lambda name: st.just("amount"),
    "base": lambda name: st.just("base"),
    "low": lambda name: st.just(0.5),
    "high": lambda name: st.integers(1, 3),
    "required": lambda name: st.just("required"),
    "actual": lambda name: st.just("actual"),
    "order": lambda name: st.just(["A", "B", "C"]),
    "fields": lambda name: st.sampled_from([["reason"], ["reason", "amount"]]),
    "same": lambda name: st.sampled_from([["unit_code"], ["unit_code", "post"]]),
    "total": lambda name: st.integers(2, 14),
    "limit": lambda name: st.integers(0, 9),
    "at_least": lambda name: st.integers(0, 6),
    "at_most": lambda name: st.sampled_from([0.2, 0.5]) if name == "share" else st.integers(0, 2),
    "metres_allowed": lambda name: st.sampled_from([100, 500, 20000]),
    "kmh": lambda name: st.sampled_from([5, 150]),
    "minutes": lambda name: st.sampled_from([4, 60]),
    "start": lambda name: st.integers(0, 24),
    "end": lambda name: st.integers(0, 24),
    "within": lambda name: st.integers(0, 30),
    "pieces": lambda name: st.integers(1, 3),
    "persons": lambda name: st.integers(1, 3),
}  # fmt: skip
KINDS = {
    "Act": acts,
    "Count": st.integers(0, 3),
    "Flag": st.booleans(),
    "Steps": st.permutations(ACTS).flatmap(lambda p: st.integers(2, 4).map(lambda n: list(p[:n]))),
}


@st.composite
def arguments(draw, name):
    """Arguments for a template; `a` and `b` of control flow differ."""
    given = {}
    for key, parameter in TEMPLATES[name].parameters.items():
        strategy = NAMED[key](name) if key in NAMED else KINDS[parameter.annotation]
        if key == "b" and TEMPLATES[name].flow:
            taken = {given["a"]} if isinstance(given["a"], str) else set(given["a"])
            strategy = st.sampled_from([x for x in ACTS if x not in taken])
        given[key] = draw(strategy)
    return given
