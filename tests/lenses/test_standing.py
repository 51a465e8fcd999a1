"""How units stand among their peers, against a plain reading of the same rows; people and petitions are in no sum."""

from datetime import UTC, date, datetime
from random import Random

import pytest

from guanjian.lenses.standing import CHOICE, DECIDING, problems_by_line, standings
from tests.lenses.small_lake import small_lake

DAY = date(2026, 6, 1)
HOUSES = ("2201", "2202", "5301")
UNITS = [
    {"unit_code": "0000", "name": "总署", "level": "hq", "kind": "customs", "district_code": "0000"},
    *({"unit_code": d, "name": d, "level": "district", "kind": "customs", "parent_code": "0000", "district_code": d,
       "peer_group": "coast"} for d in ("2200", "5300")),
    *({"unit_code": h, "name": h, "level": "house", "kind": "customs", "parent_code": h[:2] + "00", "district_code": h[:2] + "00"}
      for h in HOUSES),
    {"unit_code": "2201-01", "name": "科", "level": "section", "kind": "customs", "parent_code": "2201", "district_code": "2200"},
    {"unit_code": "22P0", "name": "局", "level": "section", "kind": "police", "parent_code": "2200", "district_code": "2200"},
]  # fmt: skip
SPOTS = (*HOUSES, "2201-01")


def at(rng: Random) -> datetime:
    return datetime(rng.choice((2024, 2025, 2026)), rng.randint(1, 12), rng.randint(1, 28), 9, tzinfo=UTC)


def officer(n: int, unit: str, left: date | None = None) -> dict:
    return {"officer_id": f"g{n}", "name": "某", "unit_code": unit, "post": "examination", "personnel_line": "customs",
            "post_level": "officer", "rank_ordinal": 9, "in_post_since": date(2020, 1, 1), "left_post_on": left}  # fmt: skip


@pytest.fixture
def laid(tmp_path):
    rng = Random(11)
    tables = {
        "units": UNITS,
        "officers": [officer(n, SPOTS[n % 4]) for n in range(10)] + [officer(90, "2201", date(2025, 1, 1)), officer(91, "22P0")],
        "events": [
            {"event_id": f"e{n}", "object_type": "entry", "object_id": "x", "activity": rng.choice(("examine", *CHOICE, "release")),
             "officer_id": f"g{rng.randint(0, 4)}", "unit_code": rng.choice(SPOTS), "at": at(rng), "system": "examination"}
            for n in range(300)
        ],
        "problems": [
            {"problem_id": f"p{n}", "source": rng.choice(("audit", "petition")), "unit_code": rng.choice(SPOTS), "line_code": rng.choice(("TAX-VALUE", "CLR-EXAM")),
             "node_code": None, "found_on": at(rng).date(), "severity": rng.choice(("low", "high")),
             "recurrence_of": rng.choice((None, "p0"))}
            for n in range(60)
        ],
        "postings": [{"officer_id": "g1", "unit_code": "2202", "post": "release", "from": date(2026, 1, 5), "to": None}],
    }  # fmt: skip
    return small_lake(tmp_path, **tables), tables


def own(unit: str) -> str:
    return "2201" if unit == "2201-01" else unit


def test_every_factor_equals_a_plain_reading(laid):
    path, tables = laid
    found = standings(path, DAY)
    assert set(found) == {*HOUSES, "22P0"}
    year = [e for e in tables["events"] if date(2025, 6, 1) <= e["at"].date() < DAY]
    for house in HOUSES:
        acts = [e for e in year if own(e["unit_code"]) == house]
        decided = [e["officer_id"] for e in acts if e["activity"] in DECIDING]
        heads = sum(own(o["unit_code"]) == house and o["left_post_on"] is None for o in tables["officers"])
        bad = sum(
            (3 if p["severity"] == "high" else 1) * (2 if p["recurrence_of"] else 1)
            for p in tables["problems"]
            if own(p["unit_code"]) == house and p["source"] != "petition" and date(2023, 6, 1) <= p["found_on"] < DAY
        )
        told = found[house].values
        assert found[house].officers == heads
        assert told["discretion"] == pytest.approx(sum(e["activity"] in CHOICE for e in acts) / len(acts))
        assert told["concentration"] == pytest.approx(max(map(decided.count, decided)) / len(decided))
        assert told["history"] == pytest.approx(bad / heads)
    assert found["2202"].values["turnover"] * found["2202"].officers == 1


def test_the_mean_is_that_of_the_peers_and_what_no_peer_has_does_not_count(laid):
    found = standings(laid[0], DAY)
    means = found["2201"].means
    assert means["history"] == pytest.approx(sum(found[h].values["history"] for h in HOUSES) / 3)
    assert means["declared"] == means["cases"] == 0
    weights = {"history": 0.5, "discretion": 0.3, "declared": 0.2}
    wanted = sum(weights[n] * found["2202"].values[n] / means[n] for n in ("history", "discretion")) / 0.8
    assert found["2202"].load(weights) == pytest.approx(wanted)
    assert found["2202"].load({**weights, "declared": 0.9}) is None  # half of the weight and more is unknown
    assert found["22P0"].load(weights) is None


def test_problems_are_told_by_line_without_petitions(laid):
    path, tables = laid
    found = problems_by_line(path, DAY)
    for house in HOUSES:
        for line in ("TAX-VALUE", "CLR-EXAM"):
            plain = sum(
                own(p["unit_code"]) == house and p["line_code"] == line and p["source"] == "audit"
                and date(2023, 6, 1) <= p["found_on"] < DAY for p in tables["problems"]
            )  # fmt: skip
            assert found.get((house, line), 0) == plain
