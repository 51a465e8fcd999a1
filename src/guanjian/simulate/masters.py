"""Which rows stand for the offices, people, enterprises and the calendar? Written once, all plainly simulated."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from guanjian.simulate.goods import CURRENCIES
from guanjian.simulate.parts import Parts
from guanjian.simulate.period import holidays
from guanjian.simulate.streams import stream
from guanjian.simulate.units import districts
from guanjian.simulate.world import World

ROTATION = 1800  # days, a little less than the five years after which an honest office has moved its people
LEVELS = {"management": "section_chief"}
COURSES = {"examination": "查验技能", "doc_review": "审单业务", "release": "放行业务", "case": "执法资格"}


def write(world: World, parts: Parts) -> None:
    """Units, officers, postings, qualifications, enterprises, holidays, rates."""
    fields = (
        "unit_code",
        "name",
        "name_en",
        "level",
        "parent_code",
        "district_code",
        "kind",
        "peer_group",
        "lon",
        "lat",
    )
    parts.add("units", **{name: pa.array([row.get(name) for row in world.units.rows]) for name in fields})
    _officers(world, parts)
    _enterprises(world, parts)
    days = sorted(holidays().items())
    parts.add("holidays", day=pa.array([day for day, _ in days]), kind=pa.array([kind for _, kind in days]))
    since = pa.array([date(world.period.first.year - 1, 1, 1)] * len(CURRENCIES))
    rate = pa.array(list(CURRENCIES.values()))
    parts.add("rates", currency=pa.array(list(CURRENCIES)), **{"from": since}, cny_per_unit=rate)


def _officers(world: World, parts: Parts) -> None:
    rng, rows = stream(world.seed, "officers"), world.staff.rows
    ids, posts = world.words["officers"], [row["post"] for row in rows]
    unit = pa.array([world.units.codes[row["unit"]] for row in rows])
    longest = max(61, ROTATION - world.period.days)  # nobody is over it before the last day
    since = [world.period.first - timedelta(int(days)) for days in rng.integers(60, longest, len(rows))]
    parts.add(
        "officers",
        officer_id=ids,
        name=pa.array([f"模拟人员{number + 1:05d}" for number in range(len(rows))]),
        unit_code=unit,
        post=pa.array(posts),
        personnel_line=pa.array([row["line"] for row in rows]),
        post_level=pa.array([LEVELS.get(post, "officer") for post in posts]),
        rank_ordinal=pa.array(rng.integers(6, 14, len(rows))),
        in_post_since=pa.array(since),
    )
    parts.add("postings", officer_id=ids, unit_code=unit, post=pa.array(posts), **{"from": pa.array(since)})
    trained = [number for number, post in enumerate(posts) if post in COURSES]
    on = [since[number] - timedelta(30) for number in trained]
    parts.add(
        "qualifications",
        officer_id=ids.take(pa.array(trained)),
        course=pa.array([COURSES[posts[number]] for number in trained]),
        passed=pa.array([True] * len(trained)),
        on=pa.array(on),
    )


def _enterprises(world: World, parts: Parts) -> None:
    rng, agents, count = stream(world.seed, "enterprises"), len(world.agents.weight), world.enterprises
    home = world.agents.home[_agent_of(world)]
    names = [row["name"].removesuffix("海关") for row in districts()]
    codes = [row["code"] for row in districts()]
    district = world.units.district[np.concatenate([world.agents.home, home])]
    kind = np.where(np.arange(count) < agents, "报关", "贸易")
    contact, town = np.arange(count), district.copy()
    for enterprise, (number, common) in world.contacts.items():
        contact[enterprise], town[enterprise] = count + number, common
    since = [date(2024, 1, 1) - timedelta(int(days)) for days in rng.integers(0, 7000, count)]
    parts.add(
        "enterprises",
        enterprise_id=world.words["enterprises"],
        name=pa.array(
            [f"{names[d]}{k}{n + 1:06d}号企业（模拟）" for n, (d, k) in enumerate(zip(district, kind, strict=True))]
        ),
        roles=pa.array([["agent"]] * agents + [["consignee"]] * (count - agents)),
        credit_level=pa.array(np.concatenate([np.full(agents, 3), world.traders.credit])),
        credit_scheme=pa.array(["2026"] * count),
        district_code=pa.array([codes[d] for d in district]),
        registered_on=pa.array(since),
        legal_rep=pa.array([f"模拟代表{place:06d}" for place in contact]),
        phone=pa.array([f"000-{place:08d}" for place in contact]),
        address=pa.array([f"{names[d]}模拟路{place}号" for d, place in zip(town, contact, strict=True)]),
    )


def _agent_of(world: World) -> np.ndarray:
    """The main agent of each trader."""
    main = np.zeros(len(world.traders.size), np.int64)
    order = np.argsort(world.traders.client_weight, kind="stable")
    main[world.traders.client_trader[order]] = world.traders.client_agent[order]
    return main
