"""The little administrations of the detectors, and beside them everything else that an indicator can read."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tests.signals import worlds
from tests.signals.worlds import FIRST, OFFICERS, UNITS, World, tables

__all__ = ["build", "far", "tables", "wide"]

TRADERS = [*(f"企{n}" for n in "一二三四五六七"), worlds.CHEAP]
MORE_STEPS = (
    "accept", "select", "override", "query", "amend", "cancel", "price_review", "release", "sample", "post_audit"
)  # fmt: skip
NAMES = {
    "exam_id", "entry_id", "event_id", "object_id", "unit_code", "consignee_id", "agent_id", "officer_id", "officer1",
    "officer2", "hs_code", "origin_country", "instruction_id", "issued_by", "approved_by", "enterprise_id", "phone",
    "legal_rep", "address", "other_id", "case_id", "found_by_unit", "gap_code", "entry_ids", "enterprise_ids",
    "officers", "legal_review_by", "job_id", "problem_id", "recurrence_of", "decision_id", "proposer", "decider",
    "executor", "supervisor", "finding_id", "outcome_id", "container_id",
}  # fmt: skip


@st.composite
def wide(draw, declarations: int = 40) -> World:
    """Rows in contract columns; hypothesis shrinks the seed and the size."""
    dice = random.Random(draw(st.integers(0, 2**20)))
    return build(dice, draw(st.integers(1, declarations)))


def build(dice: random.Random, size: int) -> World:
    """A world of so many declarations, and of so many of everything else."""
    world = worlds.build(dice, size)
    # the problems here are others: what was handed in for those of the small world belongs to none of them
    world["events"] = [event for event in world["events"] if event["object_type"] != "rectify"]
    for head in world["declarations"]:
        head |= {
            "trade_mode": dice.choice(("0110", "0110", "0615")),
            "duty_nature": dice.choice(("101", "403", "503", None)),
            "gross_kg": dice.choice((None, Decimal(100), Decimal(150), Decimal(180))),
            "net_kg": dice.choice((None, Decimal(0), Decimal(100))),
            "tax_cny": dice.choice((None, Decimal(dice.randrange(1000)))),
        }
    for item in world["items"]:
        item["tax_rate"] = dice.choice((None, 0.0, 0.13))
    for exam in world["examinations"]:
        _more_of_an_exam(dice, exam)
    for event in world["events"]:
        _more_of_an_event(dice, event)
    world["events"] += [_event(dice, n, size) for n in range(size)]
    makers = {
        "instructions": _instruction, "cases": _case, "field_jobs": _job, "problems": _problem,
        "decisions": _decision, "findings": _finding, "outcomes": _outcome,
    }  # fmt: skip
    world |= {name: [make(dice, n, size) for n in range(size)] for name, make in makers.items()}
    world["penalties"] = [_penalty(dice, case) for case in world["cases"] if dice.random() < 0.6]
    world["track_points"] = [_point(dice, n) for n in range(size) for _ in range(2)]
    world["containers"] = [{"entry_id": f"e{dice.randrange(size):03}", "container_id": f"箱{n}"} for n in range(size)]
    world["enterprises"] = [_enterprise(dice, name) for name in TRADERS[:-1]]
    world["officers"] = [_officer(dice, name) for name in OFFICERS[:-1]]
    world["qualifications"] = [_course(dice) for _ in range(6)]
    world["relations"] = [
        {"officer_id": dice.choice(OFFICERS), "other_id": dice.choice((*TRADERS, "行一")), "kind": "relative",
         "declared_on": _day(dice)} for _ in range(2)
    ]  # fmt: skip
    return world


def far(world: World) -> World:
    """The same world somewhere else: every id is another one."""

    def other(value):
        if isinstance(value, list):
            return [other(each) for each in value]
        return "9" + value if isinstance(value, str) and value else value

    return {
        name: [{key: other(value) if key in NAMES else value for key, value in row.items()} for row in rows]
        for name, rows in world.items()
        if name != "holidays"
    }


def _moment(dice: random.Random):
    """In one of five weeks."""
    return FIRST + timedelta(minutes=dice.randrange(35 * 24 * 60))


def _later(dice: random.Random, moment, hours: float):
    return moment + timedelta(minutes=dice.randrange(1, int(hours * 60)))


def _day(dice: random.Random):
    return (FIRST + timedelta(days=dice.randrange(35))).date()


def _someone(dice: random.Random):
    return dice.choice((*OFFICERS, None))


def _more_of_an_exam(dice: random.Random, exam: dict) -> None:
    ended = exam["started_at"] + timedelta(minutes=dice.choice((5, 20, 60, 200)))
    exam |= {
        "ended_at": dice.choice((ended, ended, None)),
        "instruction_id": dice.choice((None, "i1")),
        "find_kind": dice.choice(("tax", "delete_amend", None)) if exam["finding"] else None,
        "handling": dice.choice(("4", "4", "9")) if exam["finding"] else "11",
        "evaded_cny": dice.choice((None, Decimal(dice.randrange(100)))),
    }


def _more_of_an_event(dice: random.Random, event: dict) -> None:
    event |= {
        "received_at": dice.choice((None, event["at"] + timedelta(hours=dice.choice((-1, 0, 1, 30))))),
        "system": dice.choice(("system", "semi", "manual")),
        "reason": dice.choice((None, "", "故障")),
    }


def _event(dice: random.Random, n: int, size: int) -> dict:
    event = {
        "event_id": f"w{n}",
        "object_type": dice.choice(("entry", "entry", "enterprise")),
        "object_id": f"e{dice.randrange(size):03}",
        "activity": dice.choice(MORE_STEPS),
        "officer_id": _someone(dice),
        "unit_code": dice.choice((*UNITS, None)),
        "at": _moment(dice),
    }
    _more_of_an_event(dice, event)
    return event


def _instruction(dice: random.Random, n: int, _size: int) -> dict:
    issued = _moment(dice)
    return {
        "instruction_id": f"i{n}", "kind": "immediate", "target_type": "entry", "target_id": "e000",
        "unit_code": dice.choice(UNITS), "issued_by": dice.choice(OFFICERS), "approved_by": _someone(dice),
        "issued_at": issued, "signed_at": dice.choice((None, issued + timedelta(minutes=dice.choice((3, 10, 11, 50))))),
        "hit_at": dice.choice((None, _later(dice, issued, 50))), "lifted_at": dice.choice((None, _later(dice, issued, 50))),
    }  # fmt: skip


def _case(dice: random.Random, n: int, size: int) -> dict:
    filed = _moment(dice)
    return {
        "case_id": f"c{n}", "kind": dice.choice(("criminal", "administrative")), "unit_code": dice.choice(("22P0", "23P0")),
        "filed_at": filed, "found_by_unit": dice.choice((None, "", *UNITS)), "topic": "t", "channel": "cargo", "status": "s",
        "modus": [], "label": "limited", "entry_ids": [f"e{dice.randrange(size):03}" for _ in range(dice.randrange(3))],
        "enterprise_ids": dice.sample(TRADERS, dice.randrange(3)),
        "evaded_cny": dice.choice((None, Decimal(99_999), Decimal(100_000))),
        "closed_at": dice.choice((None, _later(dice, filed, 300 * 24))), "gap_code": dice.choice((None, "G1", "G2")),
    }  # fmt: skip


def _penalty(dice: random.Random, case: dict) -> dict:
    return {
        "case_id": case["case_id"], "decided_at": _later(dice, case["filed_at"], dice.choice((24, 150 * 24))),
        "tier": dice.choice(("none", "reduced", "light", "normal")), "base_cny": Decimal(dice.randrange(1000)),
        "fine_cny": Decimal(dice.randrange(1000)), "officers": [dice.choice(OFFICERS) for _ in range(dice.randrange(3))],
        "legal_review_by": dice.choice((None, "法")), "approved_by": _someone(dice),
    }  # fmt: skip


def _job(dice: random.Random, n: int, _size: int) -> dict:
    start = _moment(dice)
    there = dice.choice((None, _later(dice, start, 1)))
    return {
        "job_id": f"j{n}", "kind": "factory_visit", "unit_code": dice.choice(UNITS), "place_lon": 1.0, "place_lat": 1.0,
        "officers": [dice.choice(OFFICERS) for _ in range(dice.randrange(4))], "planned_start": start,
        "planned_end": start + timedelta(hours=2), "checked_in_at": there,
        "checked_out_at": there and dice.choice((None, _later(dice, there, 3))),
        "photos": dice.choice((None, 0, 4)), "evidence_hashes": dice.choice((None, [], ["h"])),
    }  # fmt: skip


def _point(dice: random.Random, n: int) -> dict:
    at = _moment(dice)
    received = at + timedelta(minutes=dice.choice((-5, 0, 3, 130)))
    return {"job_id": f"j{n}", "officer_id": "甲", "at": at, "received_at": received, "lon": dice.random(), "lat": 1.0}


def _problem(dice: random.Random, n: int, _size: int) -> dict:
    found = _day(dice)
    return {
        "problem_id": f"p{n}", "source": dice.choice(("self_check", "audit")), "unit_code": dice.choice(UNITS),
        "line_code": dice.choice(("CLR-EXAM", "TAX-VALUE")), "found_on": found, "severity": dice.choice(("low", "high")),
        "due_on": dice.choice((None, found + timedelta(days=20))),
        "closed_on": dice.choice((None, found + timedelta(days=dice.randrange(40)))),
        "recurrence_of": dice.choice((None, "", "p0")),
    }  # fmt: skip


def _decision(dice: random.Random, n: int, _size: int) -> dict:
    return {
        "decision_id": f"d{n}", "kind": dice.choice(("procurement", "asset")), "unit_code": dice.choice(UNITS),
        "proposer": dice.choice("ABCD"), "decider": dice.choice("EFGH"), "executor": dice.choice("ABEF"),
        "supervisor": dice.choice("XYEF"), "amount_cny": dice.choice((None, Decimal(1_900_000), Decimal(2_000_000))),
        "at": _moment(dice),
    }  # fmt: skip


def _finding(dice: random.Random, n: int, _size: int) -> dict:
    return {
        "finding_id": f"f{n}", "code": "X", "unit_code": dice.choice((*UNITS, None)), "line_code": "TAX-VALUE",
        "subject_type": "entry", "subject_id": "e", "period": "2026-04", "run_id": "r", "level": "blue",
    }  # fmt: skip


def _outcome(dice: random.Random, n: int, size: int) -> dict:
    return {
        "outcome_id": f"o{n}", "finding_id": dice.choice((None, f"f{dice.randrange(size)}")), "subject_type": "entry",
        "subject_id": "e", "verdict": dice.choice(("confirmed", "refuted", "undetermined")), "decided_at": _moment(dice),
    }  # fmt: skip


def _enterprise(dice: random.Random, name: str) -> dict:
    return {
        "enterprise_id": name, "name": name, "roles": ["consignee"], "credit_level": dice.choice((None, 1, 3, 4)),
        "credit_scheme": dice.choice(("2018", "2021", "2026")), "phone": dice.choice((None, "", "1", "2", "3", "4")),
        "legal_rep": dice.choice((None, "赵", "钱", "孙", "李")), "address": f"{name}路",
        "registered_on": dice.choice((None, (FIRST - timedelta(days=dice.choice((10, 178, 400)))).date())),
    }  # fmt: skip


def _officer(dice: random.Random, name: str) -> dict:
    since = (FIRST - timedelta(days=dice.choice((30, 1824, 3000)))).date()
    return {
        "officer_id": name, "name": name, "unit_code": "2201", "post": "examination", "personnel_line": "customs",
        "post_level": "officer", "rank_ordinal": 7, "in_post_since": since,
    }  # fmt: skip


def _course(dice: random.Random) -> dict:
    on = (FIRST - timedelta(days=dice.choice((1, 100)))).date()
    expires = dice.choice((None, (FIRST + timedelta(days=dice.randrange(-2, 4))).date()))
    return {
        "officer_id": dice.choice(OFFICERS),
        "course": "查验",
        "passed": dice.random() < 0.8,
        "on": on,
        "expires": expires,
    }
