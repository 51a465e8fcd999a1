"""Little administrations for hypothesis: a few units, officers and enterprises, and everything that they did."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pyarrow as pa
from hypothesis import strategies as st

from guanjian.kernel.workdays import CHINA
from guanjian.signals.example import arrow
from tests.signals.more import widened

World = dict[str, list[dict]]

UNITS, OFFICERS = ("2201", "2202"), ("甲", "乙", "丙", "丁", "戊", "己")
CHEAP = "企廉"  # declares at a two-hundredth of what others do
FIRST = datetime(2026, 3, 30, tzinfo=CHINA)
STEPS = ("doc_review", "examine", "release")
IDS = {
    "entry_id", "exam_id", "event_id", "object_id", "unit_code", "consignee_id", "agent_id", "officer_id", "officer1",
    "officer2", "hs_code", "origin_country", "goods_name", "departure_country", "overseas_party", "case_id", "entry_ids",
    "enterprise_ids", "officers", "job_id", "problem_id", "node_code", "line_code", "enterprise_id", "phone", "address",
    "legal_rep", "partner", "result", "instruction_id", "target_id", "issued_by", "approved_by",
}  # fmt: skip


@st.composite
def worlds(draw, declarations: int = 60) -> World:
    """Rows in contract columns; hypothesis shrinks the seed and the size."""
    dice = random.Random(draw(st.integers(0, 2**20)))
    return build(dice, draw(st.integers(1, declarations)))


def build(dice: random.Random, size: int) -> World:
    """A world of so many declarations."""
    heads = [_declaration(dice, n) for n in range(size)]
    exams = [row for head in heads for row in _exams(dice, head)]
    world = {
        "declarations": heads,
        "items": [row for head in heads for row in _items(dice, head)],
        "examinations": exams,
        "events": [row for head in heads for row in _events(dice, head)],
        "rosters": list(_rosters(dice)),
        "selections": [_selection(dice, head) for head in heads if dice.random() < 0.7],
        "holidays": [{"day": (FIRST + timedelta(days=2)).date(), "kind": "holiday"}],
    }
    return widened(world)


def tables(world: World, shuffled_by: int | None = None) -> dict[str, pa.Table]:
    """The world in Arrow; in another order of rows if asked."""
    rows = {name: list(found) for name, found in world.items()}
    if shuffled_by is not None:
        for found in rows.values():
            random.Random(shuffled_by).shuffle(found)
    return {name: arrow(name, found) for name, found in rows.items()}


def renamed(world: World) -> World:
    """The same world somewhere else: every id is another one."""

    def elsewhere(value):
        return [elsewhere(each) for each in value] if isinstance(value, list) else "9" + value if value else value

    def other(row: dict) -> dict:
        moved = {k: elsewhere(v) if k in IDS else v for k, v in row.items()}
        return moved | ({"hs6": ("9" + row["hs6"])[:6]} if "hs6" in row else {})

    return {name: [other(row) for row in rows] for name, rows in world.items() if name != "holidays"}


def _moment(dice: random.Random) -> datetime:
    return (FIRST + timedelta(minutes=dice.randrange(4 * 24 * 60))).astimezone(UTC)


def _declaration(dice: random.Random, n: int) -> dict:
    declared = _moment(dice)
    took = timedelta(seconds=int(60 * dice.lognormvariate(5, 1.5)))
    return {
        "entry_id": f"e{n:03}",
        "unit_code": dice.choice(UNITS),
        "ie": dice.choice(("import",) * 5 + ("export",)),
        "declared_at": declared,
        "released_at": declared + took if dice.random() < 0.9 else None,
        "trade_mode": dice.choice(("0110", "0615")),
        "transport_mode": dice.choice(("2", None)),
        "consignee_id": dice.choice((*(f"企{n}" for n in "一二三四五六七"), CHEAP)),
        "agent_id": dice.choice(("行一", "行二", None)),
        "value_cny": Decimal(dice.randrange(1, 900_000)),
    }


def _items(dice: random.Random, head: dict) -> Iterator[dict]:
    for number in range(1, dice.choice((2, 2, 3))):
        quantity = dice.choice((None, 1, 2, 5, 10, 0))
        worth = (quantity or 3) * dice.lognormvariate(5, 0.3) * (0.005 if head["consignee_id"] == CHEAP else 1)
        yield {
            "entry_id": head["entry_id"],
            "item_no": number,
            "hs_code": dice.choice(("84713000", "87032300")),
            "origin_country": "KR",
            "quantity_unit": "kg",
            "quantity": quantity and Decimal(quantity),
            "value_cny": Decimal(str(round(worth, 2))) * (dice.random() < 0.95),
        }


def _exams(dice: random.Random, head: dict) -> Iterator[dict]:
    for number in range(dice.choice((0, 1, 1, 2))):
        first = dice.choice(OFFICERS)
        yield {
            "exam_id": f"x{head['entry_id']}{number}",
            "entry_id": head["entry_id"],
            "required_mode": dice.choice(("A", "B", "C", "J", None)),
            "mode": dice.choice("ABCJ"),
            "officer1": first,
            "officer2": dice.choice((*OFFICERS, None, "", first)),
            "started_at": _moment(dice),
            "finding": dice.random() < 0.2,
        }


def _events(dice: random.Random, head: dict) -> Iterator[dict]:
    for number, step in enumerate((*STEPS, "approve")):
        yield {
            "event_id": f"v{head['entry_id']}{number}",
            "object_type": dice.choice(("entry", "entry", "entry", "case")),
            "object_id": head["entry_id"],
            "activity": step,
            "officer_id": dice.choice((*OFFICERS, None)),
            "unit_code": head["unit_code"],
            "at": _moment(dice),
        }


def _rosters(dice: random.Random) -> Iterator[dict]:
    for day in range(5):
        for unit in UNITS:
            for hour in (0, 12):
                starts = FIRST + timedelta(days=day, hours=hour)
                for officer in dice.sample(OFFICERS, dice.choice((2, 4, 5))):
                    yield {
                        "unit_code": unit,
                        "post": dice.choice(("examination", "examination", "doc_review")),
                        "starts_at": starts.astimezone(UTC),
                        "ends_at": (starts + timedelta(hours=12)).astimezone(UTC),
                        "officer_id": officer,
                    }


def _selection(dice: random.Random, head: dict) -> dict:
    return {
        "entry_id": head["entry_id"],
        "decided_at": head["declared_at"],
        "unit_code": head["unit_code"],
        "lane": dice.choice(("random", "value")),
        "selected": dice.random() < 0.8,
        "propensity": 0.1,
    }
