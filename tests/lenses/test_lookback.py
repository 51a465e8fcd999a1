"""The look-back list equals a plain reading, names nobody outside oversight, and stays inside the territory."""

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from guanjian.lenses import lookback
from guanjian.lenses.lookback import exposure_of, releases_of
from guanjian.org.actor import SYSTEM
from tests.cast import actor
from tests.lenses.small_lake import small_lake

UNTIL = datetime(2026, 6, 1, tzinfo=UTC)
WINDOW = timedelta(days=365)
UNITS = [
    {"unit_code": "0000", "name": "总署", "level": "hq", "kind": "customs"},
    {"unit_code": "2200", "name": "甲关", "level": "district", "district_code": "2200", "kind": "customs"},
    {"unit_code": "2201", "name": "甲一", "level": "house", "district_code": "2200", "kind": "customs"},
    {"unit_code": "2202", "name": "甲二", "level": "house", "district_code": "2200", "kind": "customs"},
    {"unit_code": "5301", "name": "乙一", "level": "house", "district_code": "5300", "kind": "customs"},
]


def world(seed):
    """A few dozen traders that share some things, and what was done to their declarations."""
    chance = random.Random(seed)
    some = lambda prefix, most: chance.choice([None, *(f"{prefix}{n}" for n in range(most))])  # noqa: E731
    enterprises = [
        {"enterprise_id": f"E{n}", "name": f"企业{n}", "roles": ["consignee"], "phone": some("p", 12),
         "address": some("a", 12), "legal_rep": some("r", 12)}
        for n in range(24)
    ]  # fmt: skip
    declarations, examinations, events = [], [], []
    for n in range(300):
        entry, unit = f"2201202600000{n:05}", chance.choice(["2201", "2202", "5301"])
        released = UNTIL - timedelta(days=chance.randint(-30, 500), hours=chance.randint(0, 23))
        declarations.append(
            {"entry_id": entry, "unit_code": unit, "ie": "import", "declared_at": released - timedelta(days=2),
             "released_at": released if chance.random() < 0.9 else None, "trade_mode": "0110",
             "consignee_id": f"E{chance.randrange(24)}", "agent_id": some("A", 9), "overseas_party": some("O", 20),
             "value_cny": Decimal(1000)}
        )  # fmt: skip
        officers = chance.sample([f"g{n}" for n in range(9)], 3)
        if chance.random() < 0.4:
            pair = {"officer1": officers[0], "officer2": chance.choice([None, officers[1]])}
            examinations.append({"exam_id": f"X{n}", "entry_id": entry, "mode": "A", **pair, "handling": "1",
                                 "started_at": released - timedelta(days=1), "finding": False})  # fmt: skip
            if chance.random() < 0.5:
                events.append(event(n, entry, "examine", officers[0], unit, "examination", released))
        if chance.random() < 0.9:
            events.append(event(n, entry, "release", chance.choice([None, officers[2]]), None, None, released))
        events.append(event(n, entry, "classify", officers[1], unit, "classification", released))
    return {"units": UNITS, "enterprises": enterprises, "declarations": declarations, "examinations": examinations,
            "events": events}  # fmt: skip


def event(n, entry, activity, officer, unit, post, at):
    return {"event_id": f"{activity}{n}", "object_type": "entry", "object_id": entry, "activity": activity, "at": at,
            "officer_id": officer, "unit_code": unit, "post": post, "system": "system"}  # fmt: skip


def plain(tables, sought, units, named):
    """The same, read slowly: entry → (enterprise, ties, hands)."""
    within = [d for d in tables["declarations"] if d["released_at"] and UNTIL - WINDOW <= d["released_at"] < UNTIL]
    mine = [d for d in within if d["consignee_id"] in sought or d["agent_id"] in sought]
    masters = {e["enterprise_id"]: e for e in tables["enterprises"]}
    found = {}
    for d in within:
        ties = set()
        for tie, column in (("agent", "agent_id"), ("overseas", "overseas_party")):
            shared = {o[column] for o in mine if o[column] and few(within, column, o[column], "consignee_id")}
            ties |= {tie for o in within if o["consignee_id"] == d["consignee_id"] and o[column] in shared}
        for tie in ("phone", "address", "legal_rep"):
            values = {masters[one][tie] for one in sought if masters[one][tie]}
            shared = {value for value in values if few(tables["enterprises"], tie, value, "enterprise_id")}
            ties |= {tie} if masters[d["consignee_id"]][tie] in shared else set()
        ties = {"self"} if d["consignee_id"] in sought else ties
        if ties and d["unit_code"] in units:
            found[d["entry_id"]] = (d["consignee_id"], sorted(ties), hands(tables, d, named))
    return found


def few(rows, column, value, who):
    return len({row[who] for row in rows if row[column] == value}) <= lookback.FEW


def hands(tables, d, named):
    done = set()
    for v in tables["events"]:
        if v["object_id"] == d["entry_id"] and v["activity"] in ("examine", "release"):
            post = v["post"] or {"release": "release", "examine": "examination"}[v["activity"]]
            done.add((v["activity"], v["unit_code"] or d["unit_code"], post, v["officer_id"] or ""))
    seen = {(act, officer) for act, _, _, officer in done}
    for x in tables["examinations"]:
        if x["entry_id"] == d["entry_id"]:
            for officer in (x["officer1"], x["officer2"]):
                if officer and ("examine", officer) not in seen:
                    done.add(("examine", d["unit_code"], "examination", officer))
    return sorted({one if named else (*one[:3], "") for one in done})


def read(found):
    return {
        row["entry_id"]: (
            row["enterprise_id"],
            row["ties"],
            [(h["act"], h["unit"], h["post"], h["officer"]) for h in row["hands"]],
        )
        for row in found
    }


@pytest.mark.parametrize("most", [20, 9])
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("sought", [{"E1"}, {"E2", "E3"}])
def test_the_list_equals_a_plain_reading(tmp_path, monkeypatch, seed, sought, most):
    monkeypatch.setattr(lookback, "FEW", most)
    tables = world(seed)
    path = small_lake(tmp_path, **tables)
    whole, within = {"2201", "2202", "5301"}, {"2201", "2202"}
    assert read(releases_of(SYSTEM, path, sought, UNTIL, WINDOW)) == plain(tables, sought, whole, named=False)
    by = actor("oversight")
    assert read(releases_of(by, path, sought, UNTIL, WINDOW)) == plain(tables, sought, within, named=True)
    everything = plain(tables, sought, whole, named=False)
    assert len(everything) > 5
    assert {tie for _, ties, _ in everything.values() for tie in ties} > {"self"}


def test_what_very_many_share_ties_nobody(tmp_path, monkeypatch):
    tables = world(1)
    path = small_lake(tmp_path, **tables)
    before = len(releases_of(SYSTEM, path, {"E1"}, UNTIL, WINDOW))
    monkeypatch.setattr(lookback, "FEW", 1)
    assert 0 < len(releases_of(SYSTEM, path, {"E1"}, UNTIL, WINDOW)) < before


def test_the_exposure_counts_the_same_releases_by_unit_and_post(tmp_path):
    tables = world(4)
    path = small_lake(tmp_path, **tables)
    listed = plain(tables, {"E1"}, {"2201", "2202", "5301"}, named=False)
    counted = {}
    for entry, (_, _, done) in listed.items():
        unit = next(d["unit_code"] for d in tables["declarations"] if d["entry_id"] == entry)
        for act, at, post in {one[:3] for one in done} or {("", unit, "")}:
            counted[at, post, act] = counted.get((at, post, act), 0) + 1
    told = exposure_of(SYSTEM, path, {"E1"}, UNTIL, WINDOW)
    assert {(row["unit"], row["post"], row["act"]): row["releases"] for row in told} == counted
    assert [row["releases"] for row in told] == sorted((row["releases"] for row in told), reverse=True)
    assert all(UNTIL - WINDOW <= row["first_at"] <= row["last_at"] < UNTIL for row in told)


@pytest.mark.parametrize("who", ["function", "leader_hq", "police"])
def test_nobody_outside_oversight_is_told_a_name(tmp_path, who):
    path = small_lake(tmp_path, **world(5))
    found = releases_of(actor(who), path, {"E1"}, UNTIL, WINDOW)
    assert found
    assert {hand["officer"] for row in found for hand in row["hands"]} <= {""}


def test_the_administrator_and_the_stranger_see_nothing_of_it(tmp_path):
    path = small_lake(tmp_path, **world(6))
    for who in ("admin", "audit"):
        assert releases_of(actor(who), path, {"E1"}, UNTIL, WINDOW) == []
    assert {row["unit_code"] for row in releases_of(actor("stranger"), path, {"E1"}, UNTIL, WINDOW)} <= {"5301"}


def test_an_enterprise_that_nobody_knows_has_no_releases(tmp_path):
    path = small_lake(tmp_path, **world(7))
    assert releases_of(SYSTEM, path, {"E999"}, UNTIL, WINDOW) == []
    assert exposure_of(SYSTEM, path, [], UNTIL, WINDOW) == []
