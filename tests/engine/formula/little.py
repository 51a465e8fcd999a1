"""Little administrations over sixteen months, and formulas that an officer might write about them."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from hypothesis import strategies as st

from guanjian.customs.formula.indicator import Indicator
from guanjian.customs.formula.operators import ATTRIBUTES, LOGIC
from guanjian.customs.formula.traits import SHARE
from guanjian.customs.formula.vocabulary import LAST, PEERS, THINGS, YEAR_AGO, Measure, Thing
from guanjian.kernel.workdays import CHINA
from guanjian.signals.example import arrow

UNITS = ("2201", "2202", "2203", "2204", "2205", "5301")
TRADERS, GOODS = ("甲", "乙", "丙"), ("8413910090", "8471300000")
FIRST, DAYS = datetime(2025, 1, 1, tzinfo=CHINA), 480
CODES = {"trade_mode": ("0110", "0130"), "ie": ("import", "export"), "modus": ("low_price", "split")}
CONDITIONS = {
    "查验": ("查验方式=A", "查获=否", "开始时刻≥20", "查验分钟<40", "双人=否"),
    "申报": ("监管方式≠0110", "毛重≥50", "申报时刻<9"),
    "商品": ("原产国=KR", "单价>5"),
    "操作": ("环节=amend", "补记小时>2"),
    "案件": ("类别=刑事",),
    "问题": ("严重程度=高",),
}


def build(seed: int, size: int) -> dict:
    """The tables of a world in Arrow."""
    dice = random.Random(seed)
    heads = [_head(dice, n) for n in range(size)]
    rows = {
        "declarations": heads,
        "items": [row for head in heads for row in _items(dice, head)],
        "examinations": [_exam(dice, head) for head in heads if dice.random() < 0.5],
        "events": [_event(dice, n) for n in range(size)],
        "cases": [_case(dice, n) for n in range(size // 2)],
        "instructions": [_instruction(dice, n) for n in range(size // 3)],
        "problems": [_problem(dice, n) for n in range(size // 4)],
        "units": [_unit(code) for code in UNITS],
    }
    return {name: arrow(name, found) for name, found in rows.items()}


def _when(dice: random.Random) -> datetime:
    return FIRST + timedelta(minutes=dice.randrange(DAYS * 1440))


def _maybe(dice: random.Random, value):
    return None if dice.random() < 0.2 else value


def _head(dice, n):
    at = _when(dice)
    return {
        "entry_id": f"e{n}",
        "unit_code": dice.choice(UNITS),
        "ie": dice.choice(CODES["ie"]),
        "declared_at": at,
        "released_at": _maybe(dice, at + timedelta(minutes=dice.randrange(1, 5000))),
        "trade_mode": dice.choice(CODES["trade_mode"]),
        "consignee_id": dice.choice(TRADERS),
        "gross_kg": _maybe(dice, dice.randrange(0, 100)),
        "net_kg": _maybe(dice, dice.randrange(0, 100)),
        "value_cny": dice.randrange(0, 1000),
        "tax_cny": _maybe(dice, dice.randrange(0, 100)),
    }


def _items(dice, head):
    for n in range(dice.randrange(3)):
        yield {
            "entry_id": head["entry_id"],
            "item_no": n + 1,
            "hs_code": dice.choice(GOODS),
            "quantity": _maybe(dice, dice.randrange(0, 20)),
            "value_cny": dice.randrange(0, 300),
            "origin_country": _maybe(dice, dice.choice(("KR", "JP"))),
            "tax_rate": _maybe(dice, dice.random()),
        }


def _exam(dice, head):
    at = head["declared_at"] + timedelta(minutes=dice.randrange(3000))
    return {
        "exam_id": "x" + head["entry_id"],
        "entry_id": head["entry_id"],
        "mode": dice.choice("AB"),
        "officer2": _maybe(dice, "乙"),
        "started_at": at,
        "ended_at": _maybe(dice, at + timedelta(minutes=dice.randrange(90))),
        "finding": dice.random() < 0.3,
        "handling": dice.choice(("4", "11")),
        "assessed_value_cny": _maybe(dice, dice.randrange(500)),
    }


def _event(dice, n):
    at = _when(dice)
    late = _maybe(dice, at + timedelta(minutes=dice.randrange(400)))
    more = {"unit_code": _maybe(dice, dice.choice(UNITS)), "activity": dice.choice(("amend", "cancel", "release"))}
    return {"event_id": f"v{n}", "object_id": f"e{n}", "at": at, "received_at": late, **more}


def _case(dice, n):
    return {
        "case_id": f"c{n}",
        "kind": dice.choice(("criminal", "administrative")),
        "unit_code": dice.choice(UNITS),
        "filed_at": _when(dice),
        "modus": [code for code in CODES["modus"] if dice.random() < 0.5],
        "value_cny": _maybe(dice, dice.randrange(1000)),
        "declared_price": _maybe(dice, dice.randrange(10)),
        "actual_price": _maybe(dice, dice.randrange(10)),
        "label": dice.choice(("public", "limited", "integrity")),
    }


def _instruction(dice, n):
    at = _when(dice)
    signed, hit = at + timedelta(minutes=dice.randrange(60)), at + timedelta(days=1)
    more = {"signed_at": _maybe(dice, signed), "hit_at": _maybe(dice, hit)}
    return {"instruction_id": f"i{n}", "unit_code": dice.choice(UNITS), "issued_at": at, **more}


def _problem(dice, n):
    on = (FIRST + timedelta(days=dice.randrange(DAYS))).date()
    more = {"severity": dice.choice(("low", "high")), "recurrence_of": _maybe(dice, "p0")}
    return {"problem_id": f"p{n}", "unit_code": dice.choice(UNITS), "found_on": on, **more}


def _unit(code):
    return {"unit_code": code, "name": code, "level": "house", "kind": "customs", "peer_group": "coastal"}


def feature(thing: Thing, measure: Measure, draw) -> str:
    """The feature as written, perhaps with a condition and of another time."""
    written = f"{measure.dimension}-{thing.name}-{measure.name}"
    if measure.how in ("count", "sum", "mean") and measure.fact in CONDITIONS and draw(st.booleans()):
        written += f"[{draw(st.sampled_from(CONDITIONS[measure.fact]))}]"
    moments = ["", "", PEERS] + ([LAST, YEAR_AGO, "前3期"] if thing.periodic else [])
    moment = draw(st.sampled_from(moments))
    return f"{written}@{moment}" if moment else written


@st.composite
def formulas(draw) -> str:
    """A formula that is well typed."""
    thing = draw(st.sampled_from(list(THINGS.values())))
    return _written(draw, thing, 2)


def _written(draw, thing: Thing, deep: int) -> str:
    if deep and draw(st.booleans()):
        operator = draw(st.sampled_from(LOGIC))
        return f"{operator.name}({', '.join(_written(draw, thing, deep - 1) for _ in range(operator.counts[0]))})"
    return _attribute(draw, thing)


def _attribute(draw, thing: Thing) -> str:
    operator = draw(st.sampled_from(ATTRIBUTES))
    coded = [
        measure
        for measure in thing.measures.values()
        if measure.kind in ("code", "list") and measure.own.columns[0] in CODES
    ]
    if operator.name == "SUB" and coded:
        measure = draw(st.sampled_from(coded))
        codes = draw(st.lists(st.sampled_from(CODES[measure.own.columns[0]]), min_size=1, max_size=2, unique=True))
        return (
            f"SUB({measure.dimension}-{thing.name}-{measure.name}, {draw(st.sampled_from('⊆⊄'))}{{{', '.join(codes)}}})"
        )
    shares = [measure for measure in thing.measures.values() if measure.unit == SHARE and measure.how == "share"]
    if operator.name == "SUB" or (operator.name == "PROB" and not shares):
        operator = ATTRIBUTES[0]
    return _compared(draw, thing, operator, shares)


def _compared(draw, thing: Thing, operator, shares: list[Measure]) -> str:
    numbers = [measure for measure in thing.measures.values() if measure.kind == "number"]
    first = draw(st.sampled_from(shares if operator.name == "PROB" else numbers))
    same = [measure for measure in numbers if measure.unit == first.unit] if operator.name != "PROB" else shares
    if operator.name in ("MUL", "RATIO", "COSIM"):
        same = numbers
    values = [feature(thing, first, draw)]
    for _ in range(draw(st.sampled_from(operator.counts)) - 1):
        values.append(feature(thing, draw(st.sampled_from(same)), draw))
    if operator.name == "WAVG":
        values = [one for value in values for one in ("0.5", value)][: len(values)]
    cuts = ("0.5", "<0.2", "90%") if operator.name in ("PROB", "COSIM") else ("1", "<3", ">20", "≤0", "下限")
    cut = draw(st.sampled_from(cuts))
    return f"{operator.name}({', '.join(values)}, {cut})"


def indicator(formula: str, period: str, district: str = "0000") -> Indicator:
    """With a parameter that changes in the middle."""
    rows = [
        {"name": "下限", "since": "2020-01-01", "value": "2"},
        {"name": "下限", "since": "2025-09-10", "value": "9"},
    ]
    return Indicator.read(formula, rows if "下限" in formula else [], period, district=district)
