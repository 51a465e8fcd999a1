"""The rows behind features: each fact with the heads of its entry, and each trait as a column value."""

from __future__ import annotations

from functools import reduce

from ibis.expr.types import BooleanValue, Table, Value

from guanjian.customs.formula.coded import TRUE
from guanjian.customs.formula.indicator import HEADQUARTERS
from guanjian.customs.formula.traits import HEADS, Fact, Trait
from guanjian.customs.formula.tree import Where
from guanjian.engine import tables
from guanjian.engine.clock import hours_between, local

UNIT = "unit_code"
WITH_HEADS = ("items", "examinations")
SIDES = {
    "≥": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "≤": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    "=": lambda a, b: a == b,
    "≠": lambda a, b: a != b,
}


def rows_of(fact: Fact, district: str) -> Table:
    """The fact's rows in this district's territory (headquarters: all), with the heads of their entries where they have one."""
    found = getattr(tables, fact.table)
    if fact.table in WITH_HEADS:
        heads = getattr(tables, HEADS)
        more = [name for name in heads.columns if name not in found.columns]
        found = found.inner_join(heads.select("entry_id", *more), "entry_id")
    for column, never in fact.only:
        found = found.filter(found[column] != never)
    return found if district == HEADQUARTERS else found.filter(found[UNIT].substr(0, 2) == district[:2])


def value_of(row: Table, trait: Trait) -> Value:
    """The trait of each row; missing where what it rests on is missing."""
    first, *rest = (row[name] for name in trait.columns)
    match trait.how:
        case "hours":
            return hours_between(first, rest[0])
        case "minutes":
            return hours_between(first, rest[0]) * 60
        case "days":
            return hours_between(first, rest[0]) / 24
        case "clock":
            return local(first).hour().cast("float64")
        case "each":
            return first.cast("float64") / rest[0].cast("float64").nullif(0.0)
        case "given":
            return first.notnull()
        case _:
            return first.cast("float64") if trait.kind == "number" else first


def holds(row: Table, fact: Fact, where: tuple[Where, ...]) -> BooleanValue | None:
    """Which rows meet every condition; what is missing meets none. None: there is no condition."""
    met = [_meets(value_of(row, fact.traits[one.name]), one, fact.traits[one.name]) for one in where]
    return reduce(lambda a, b: a & b, met).fill_null(False) if met else None


def _meets(value: Value, one: Where, trait: Trait) -> BooleanValue:
    if trait.kind == "yes":
        return value == ((one.value == TRUE) == (one.direction == "="))
    wanted = float(one.value) if trait.kind == "number" else one.value
    return SIDES[one.direction](value, wanted)
