"""What the later detectors read: cases and fines, field work, problems, addresses, partners' figures. Own dice, so that
the first tables of a world stay what they were."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from guanjian.kernel.workdays import CHINA

World = dict[str, list[dict]]
OFFICERS = ("甲", "乙", "丙", "丁", "戊", "己")
ENTERPRISES = (*(f"企{n}" for n in "一二三四五六七"), "企廉")
CAUGHT = ("企一", "企四")
NAMES = ("电脑", "整车")
RATES = {"84713000": 0.02, "87032300": 0.15}


def widened(world: World) -> World:
    """The world with more columns and more tables."""
    heads = world["declarations"]
    dice = random.Random("".join(str(head["declared_at"]) for head in heads))
    for head in heads:
        head["departure_country"] = dice.choice(("KR", "VN", "JP"))
        head["overseas_party"] = dice.choice(("外一", "外二", None))
    for item in world["items"]:
        right = {"84713000": "电脑", "87032300": "整车"}[item["hs_code"]]
        item["goods_name"] = right if dice.random() < 0.9 else dice.choice(NAMES)
        item["origin_country"] = "VN" if dice.random() < 0.15 else item["origin_country"]
        item["tax_rate"] = RATES[item["hs_code"]] / (2 if item["origin_country"] == "VN" else 1)
    for exam in world["examinations"]:
        exam["ended_at"] = exam["started_at"] + timedelta(minutes=dice.choice((None, 2, 9, 20, 45)) or -1)
    cases = [_case(dice, head, n) for n, head in enumerate(heads) if dice.random() < 0.5]
    jobs = [_job(dice, head, n) for n, head in enumerate(heads) if dice.random() < 0.5]
    hands = [event for head in heads for event in _hands(dice, head)]
    more = {
        "cases": cases,
        "penalties": [row for case in cases for row in _penalties(dice, case)],
        "field_jobs": jobs,
        "track_points": [point for job in jobs for point in _points(dice, job)],
        "problems": [_problem(dice, head, n) for n, head in enumerate(heads)],
        "enterprises": [_enterprise(dice, who) for who in ENTERPRISES],
        "mirror": list(_mirror(dice)),
        "instructions": [row for n, head in enumerate(heads) for row in _instructions(head, n)],
        "parameters": [
            {"code": f"assignment.seed.{unit}", "value": f"{n:02x}a{n}", "from": date(2026, 3, 30) + timedelta(days=n)}
            for unit in ("2201", "2202")
            for n in range(4)
        ],
    }
    _rated(world["selections"], more["enterprises"])
    shown = [event for problem in more["problems"] for event in _shown(problem)]
    return world | more | {"events": [*world["events"], *hands, *shown]}


def _hands(dice: random.Random, head: dict) -> Iterator[dict]:
    for number in range(dice.choice((0, 1, 2))):
        yield {
            "event_id": f"h{head['entry_id']}{number}",
            "object_type": "entry",
            "object_id": head["entry_id"],
            "activity": dice.choice(("assign", "assign", "override")),
            "officer_id": dice.choice((*OFFICERS, None)),
            "unit_code": head["unit_code"],
            "post": dice.choice(("doc_review", None)),
            "at": head["declared_at"] + timedelta(minutes=dice.randrange(600)),
            "system": dice.choice(("system", "semi", "manual")),
            "result": OFFICERS[(int(head["entry_id"][1:]) + number) % len(OFFICERS)],
        }


def _case(dice: random.Random, head: dict, n: int) -> dict:
    return {
        "case_id": f"c{n:03}",
        "kind": dice.choice(("administrative",) * 4 + ("criminal",)),
        "unit_code": head["unit_code"],
        "filed_at": head["declared_at"] + timedelta(days=1),
        "entry_ids": [head["entry_id"]] * dice.choice((0, 1)),
        "enterprise_ids": [head["consignee_id"]] if head["consignee_id"] in CAUGHT else [],
        "evaded_cny": dice.choice((None, Decimal(1000), Decimal(250_000), Decimal(900_000))),
    }


def _penalties(dice: random.Random, case: dict) -> Iterator[dict]:
    if case["kind"] == "administrative":
        row = {
            "case_id": case["case_id"],
            "decided_at": case["filed_at"] + timedelta(days=dice.randrange(40)),
            "tier": dice.choice(("none", "reduced", "light", "normal", "heavy")),
            "base_cny": Decimal(1000),
            "officers": dice.sample(OFFICERS, 2),
        }
        yield row | {"fine_cny": Decimal(100 if row["officers"][0] == OFFICERS[0] else 500)}


def _job(dice: random.Random, head: dict, n: int) -> dict:
    starts = head["declared_at"] + timedelta(hours=dice.randrange(48))
    return {
        "job_id": f"j{n:03}",
        "kind": "factory_visit",
        "unit_code": head["unit_code"],
        "officers": dice.sample(OFFICERS, 2),
        "place_lon": 121.5,
        "place_lat": 31.2,
        "planned_start": starts,
        "planned_end": starts + timedelta(hours=2),
        "checked_in_at": starts,
    }


def _points(dice: random.Random, job: dict) -> Iterator[dict]:
    for officer in job["officers"]:
        for number in range(dice.randrange(4)):
            at = job["planned_start"] + timedelta(minutes=30 * number)
            yield {
                "job_id": job["job_id"],
                "officer_id": officer,
                "at": at,
                "received_at": at + timedelta(hours=dice.choice((0, 0, 1, 30))),
                "lon": job["place_lon"] + dice.choice((0.0, 0.01, 2.0)),
                "lat": job["place_lat"] + dice.choice((0.0, 0.02)),
            }


def _problem(dice: random.Random, head: dict, n: int) -> dict:
    found = (head["declared_at"] + timedelta(days=dice.randrange(200))).date()
    return {
        "problem_id": f"p{n:03}",
        "source": "audit",
        "unit_code": head["unit_code"],
        "line_code": dice.choice(("CLR-EXAM", "TAX-VALUE")),
        "node_code": dice.choice(("N-1", "N-2", None)),
        "found_on": found,
        "severity": "medium",
        "closed_on": found + timedelta(days=dice.randrange(60)) if dice.random() < 0.7 else None,
    }


def _rated(selections: list[dict], enterprises: list[dict]) -> None:
    """Risk scores of some selections, and credit levels of some enterprises."""
    dice = random.Random(len(selections))
    for row in selections:
        row["score"] = dice.choice((None, 0.1, 0.2, 0.5, 0.9))
    for row in enterprises:
        row["credit_level"] = dice.choice((None, 3, 4))


def _shown(problem: dict) -> Iterator[dict]:
    """What the unit handed in for some of the problems, now and then too late."""
    dice = random.Random(problem["problem_id"] + str(problem["found_on"]))
    for number in range(dice.choice((0, 1, 1, 2))):
        at = datetime.combine(problem["found_on"], time(9), CHINA) + timedelta(days=dice.randrange(60))
        yield {
            "event_id": f"z{problem['problem_id']}{number}",
            "object_type": "rectify",
            "object_id": problem["problem_id"],
            "activity": dice.choice(("apply", "rectify.apply", "plan")),
            "officer_id": dice.choice(OFFICERS),
            "unit_code": problem["unit_code"],
            "at": at.astimezone(UTC),
        }


def _enterprise(dice: random.Random, who: str) -> dict:
    return {
        "enterprise_id": who,
        "name": who,
        "roles": ["consignee"],
        "phone": dice.choice(("021-5551", "0215551", "021-5552", "021-5553", None)),
        "address": dice.choice(("浦东 一路1号", "浦东一路1号", "二路2号", "三路3号", None)),
        "legal_rep": dice.choice(("张三", "李四", "王五", "赵六", None)),
    }


def _instructions(head: dict, n: int) -> Iterator[dict]:
    """Dice of its own: drawn from the others', it would change the mirrors of every world."""
    dice = random.Random(f"{head['declared_at']} {n}")
    for number in range(dice.choice((0, 1, 1, 1, 2))):
        yield {
            "instruction_id": f"b{n:03}{number}",
            "kind": "immediate",
            "target_type": dice.choice(("entry",) * 6 + ("enterprise",)),
            "target_id": head["entry_id"],
            "unit_code": head["unit_code"],
            "issued_by": dice.choice(OFFICERS),
            "approved_by": dice.choice((*OFFICERS, None)),
            "issued_at": head["declared_at"] + timedelta(days=dice.randrange(3)),
        }


def _mirror(dice: random.Random) -> Iterator[dict]:
    for month in ("2026-03", "2026-04"):
        for code in RATES:
            for partner in ("KR", "VN"):
                worth = round(dice.lognormvariate(10, 2), 2)
                yield {"partner": partner, "hs6": code[:6], "month": month, "value_cny": Decimal(str(worth))}
