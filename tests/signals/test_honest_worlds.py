"""Detectors of persons do not accuse whoever works at night, in a busy port, or on another roster."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from guanjian.engine.run import detect
from guanjian.engine.session import Session
from guanjian.kernel.workdays import CHINA
from guanjian.signals.catalogue import catalogue
from tests.signals.worlds import tables

DAY_CREW, NIGHT_CREW = [f"昼{n}" for n in range(5)], [f"夜{n}" for n in range(5)]


def _busy_night_port(seed: int) -> dict:
    """Two crews that never mix; at night more is examined, more lightly, and two agents come only then."""
    dice, world = random.Random(seed), {"rosters": [], "declarations": [], "examinations": [], "events": []}
    for day in range(40):
        midnight = datetime(2026, 3, 2, tzinfo=CHINA) + timedelta(days=day)
        for crew, begins, pieces in ((DAY_CREW, 8, 8), (NIGHT_CREW, 20, 24)):
            starts = midnight + timedelta(hours=begins)
            world["rosters"] += [
                {"unit_code": "2201", "post": "examination", "starts_at": starts, "ends_at": starts + timedelta(hours=12),
                 "officer_id": officer}
                for officer in crew
            ]  # fmt: skip
            for n in range(pieces):
                _piece(world, dice, f"e{day:02}{begins:02}{n:02}", starts + timedelta(minutes=25 * n), crew)
    return world


def _piece(world: dict, dice: random.Random, entry: str, at: datetime, crew: list[str]) -> None:
    night, officer = crew is NIGHT_CREW, dice.choice(crew)
    agent = dice.choice(["夜行一", "夜行二"] if night else ["行一", "行二"])
    head = {"entry_id": entry, "unit_code": "2201", "declared_at": at, "consignee_id": agent, "agent_id": agent}
    exam = {
        "exam_id": entry, "entry_id": entry, "officer1": officer, "officer2": "陪同", "started_at": at,
        "required_mode": "A", "mode": "C" if dice.random() < (0.4 if night else 0.05) else "A",
    }  # fmt: skip
    event = {"event_id": entry, "object_type": "entry", "object_id": entry, "activity": "examine", "officer_id": officer,
             "unit_code": "2201", "at": at}  # fmt: skip
    for name, row in (("declarations", head), ("examinations", exam), ("events", event)):
        world[name].append(row)


def test_a_busy_night_crew_is_not_accused():
    codes = ("EXM-02", "EXM-04", "INT-02")
    accused = []
    for seed in range(6):
        with Session.over(tables(_busy_night_port(seed))) as session:
            run = detect(session, [catalogue()[code] for code in codes])
        assert {r.code: r.tests for r in run.reports}["INT-02"] >= 15
        assert {r.code: r.tests for r in run.reports}["EXM-02"] == 10
        accused += [(seed, f.code, f.subject_id) for f in run.findings]
    assert len(accused) <= 1, accused


def test_the_same_light_hand_among_the_night_crew_is_found():
    world = _busy_night_port(1)
    for exam in world["examinations"]:
        if exam["officer1"] == "夜0":
            exam["mode"] = "C"
    with Session.over(tables(world)) as session:
        run = detect(session, [catalogue()["EXM-02"]])
    assert [f.subject_id for f in run.findings] == ["夜0"]


def test_a_pool_below_three_is_never_judged():
    world = _busy_night_port(2)
    keep = {"昼0", "昼1", "夜0", "夜1"}
    for name, officer in (("rosters", "officer_id"), ("events", "officer_id"), ("examinations", "officer1")):
        world[name] = [row for row in world[name] if row[officer] in keep]
    with Session.over(tables(world)) as session:
        run = detect(session, [catalogue()[code] for code in ("EXM-02", "EXM-04", "INT-02")])
    assert run.findings == []
    assert [r.tests for r in run.reports] == [0, 0, 0]


def test_without_a_roster_interaction_and_night_share_cannot_be_decided():
    world = _busy_night_port(3) | {"rosters": []}
    with Session.over(tables(world)) as session:
        run = detect(session, [catalogue()[code] for code in ("EXM-04", "INT-02")])
    assert all("不可判定" in report.unclear.zh for report in run.reports)
    assert run.findings == []


def test_an_agent_and_its_only_client_are_one_lead():
    world = _busy_night_port(4)
    for number, (head, event) in enumerate(zip(world["declarations"], world["events"], strict=True)):
        if head["agent_id"] == "夜行一":
            head["consignee_id"] = "货主"
            event["officer_id"] = "夜0" if number % 4 else event["officer_id"]
    with Session.over(tables(world)) as session:
        run = detect(session, [catalogue()["INT-02"]])
    mine = [f for f in run.findings if f.subject_id.startswith("夜0|")]
    assert len(mine) == 1
    assert len(mine[0].evidence["facts"]["also"]) == 1
    assert mine[0].evidence["facts"]["exact_p"] < 1e-6
