"""The load of districts, against a plain reading; and only the districts within reach."""

from dataclasses import astuple
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

import pytest

from guanjian.lenses.workload import Weights, workload
from guanjian.org.actor import Actor, Holding
from guanjian.org.posts import Post, UnitLevel
from tests.cast import actor
from tests.lenses.small_lake import small_lake

DAY = date(2026, 6, 1)
PLACES = ("22", "53", "02", "51")


def unit(code, level, district, kind="customs"):
    return {
        "unit_code": code,
        "name": code,
        "level": level,
        "kind": kind,
        "parent_code": None,
        "district_code": district,
    }


def case(n, place, kind, year, value):
    at = datetime(year, 3, 1, tzinfo=UTC)
    given = {
        "topic": "价格",
        "modus": [],
        "channel": "clearance",
        "entry_ids": [],
        "enterprise_ids": [],
        "status": "closed",
    }
    told = {"case_id": f"C{n}", "kind": kind, "unit_code": f"{place}P0", "filed_at": at, "label": "limited"}
    return {**given, **told, "value_cny": Decimal(value)}


def officer(n, place, line="police", left=None):
    return {"officer_id": f"p{n}", "name": "某", "unit_code": f"{place}P0", "post": "case", "personnel_line": line,
            "post_level": "staff", "rank_ordinal": 9, "in_post_since": date(2020, 1, 1), "left_post_on": left}  # fmt: skip


@pytest.fixture
def laid(tmp_path):
    rng = Random(7)
    cases = [
        case(
            n,
            rng.choice(PLACES[:3]),
            rng.choice(("criminal", "administrative")),
            rng.choice((2022, 2024, 2025, 2026)),
            rng.randint(1, 9) * 1000,
        )
        for n in range(120)
    ]
    people = [officer(n, PLACES[n % 3]) for n in range(11)]
    people += [officer(90, "22", "customs"), officer(91, "22", left=date(2025, 1, 1))]
    units = [unit(f"{p}00", "district", f"{p}00") for p in PLACES]
    units += [unit(f"{p}P0", "district", f"{p}00", "police") for p in PLACES]
    return small_lake(tmp_path, units=units, cases=cases, officers=people), cases, people


def plain(cases, people, weights):
    """The same by hand: yearly means of three years, each against the mean of all districts."""
    told = {}
    for place in PLACES:
        own = [c for c in cases if c["unit_code"] == f"{place}P0" and date(2023, 6, 1) <= c["filed_at"].date() < DAY]
        heads = [
            p
            for p in people
            if p["unit_code"] == f"{place}P0" and p["personnel_line"] == "police" and not p["left_post_on"]
        ]
        kinds = [sum(c["kind"] == kind for c in own) / 3 for kind in ("criminal", "administrative")]
        value = float(sum(c["value_cny"] for c in own)) / 3
        told[f"{place}00"] = [*kinds, value, sum(kinds) / len(heads) if heads else 0]
    means = [sum(column) / len(PLACES) for column in zip(*told.values(), strict=True)]
    return {
        place: sum(w * (x / m if m else 0) for w, x, m in zip(astuple(weights), row, means, strict=True))
        for place, row in told.items()
    }


def test_the_load_equals_a_plain_reading_and_thirds_are_classed(laid):
    path, cases, people = laid
    weights = Weights(criminal=0.4, administrative=0.1)
    found = workload(Actor("x", "x", (Holding(Post.LEADER, "0000", UnitLevel.HQ, "0000"),)), path, DAY, weights)
    wanted = plain(cases, people, weights)
    assert {one.district_code: pytest.approx(one.load) for one in found} == wanted
    assert [one.district_code for one in found] == sorted(wanted, key=lambda place: (-wanted[place], place))
    assert [one.size for one in found] == ["large", "large", "medium", "small"]


def test_a_district_sees_itself_classed_among_all(laid):
    path, *_ = laid
    every = {one.district_code: one for one in workload(actor("leader_hq"), path, DAY, Weights())}
    assert workload(actor("function"), path, DAY, Weights()) == [every["2200"]]
    assert workload(actor("admin"), path, DAY, Weights()) == []


def test_the_parameter_says_how_much_each_measure_counts():
    assert Weights.read({"criminal": 1}) == Weights(criminal=1.0)
    assert sum(astuple(Weights())) == pytest.approx(1)
