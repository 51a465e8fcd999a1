"""The operators on columns: true, false, or missing where something that they need is missing (nothing is guessed)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import combinations

import ibis
import ibis.expr.datatypes as dt
from ibis.expr.types import BooleanValue, Table, Value

from guanjian.customs.formula.indicator import Indicator
from guanjian.customs.formula.tree import Call, Number, Parameter, Words, features
from guanjian.customs.formula.tree import Value as Written
from guanjian.engine.formula.facts import SIDES
from guanjian.engine.formula.spans import literal, number_of

CODES = dt.Array(dt.string)


@ibis.udf.scalar.builtin(signature=((CODES, CODES), dt.boolean))
def list_has_all(whole, part):
    """Every code of the part is in the whole, built in DuckDB."""


LOGIC: dict[str, Callable[..., BooleanValue]] = {
    "AND": lambda a, b: a & b,
    "OR": lambda a, b: a | b,
    "XOR": lambda a, b: (a & ~b) | (~a & b),
    "IMP": lambda a, b: ~a | b,
    "NAND": lambda a, b: ~(a & b),
    "NOR": lambda a, b: ~(a | b),
    "XNOR": lambda a, b: (a & b) | (~a & ~b),
    "AND3": lambda a, b, c: a & b & c,
    "OR3": lambda a, b, c: a | b | c,
    "XOR3": lambda a, b, c: (a & ~b & ~c) | (~a & b & ~c) | (~a & ~b & c),
    "IMP3": lambda a, b, c: ~(a & b) | c,
}


def _total(values: Sequence[Value]) -> Value:
    return reduce(lambda a, b: a + b, values)


def _variance(values: Sequence[Value]) -> Value:
    mean = _total(values) / len(values)
    return _total([(value - mean) * (value - mean) for value in values]) / len(values)


def _distance(values: Sequence[Value]) -> Value:
    half = len(values) // 2
    return _total([(a - b) * (a - b) for a, b in zip(values[:half], values[half:], strict=True)]).sqrt()


def _cosine(values: Sequence[Value]) -> Value:
    half = len(values) // 2
    one, other = values[:half], values[half:]
    lengths = _total([a * a for a in one]).sqrt() * _total([b * b for b in other]).sqrt()
    return _total([a * b for a, b in zip(one, other, strict=True)]) / lengths.nullif(0.0)


NUMBERS: dict[str, Callable[[Sequence[Value]], Value]] = {
    "CMP": lambda v: v[0],
    "DIFF": lambda v: v[0] - v[1],
    "MUL": lambda v: v[0] * v[1],
    "RATIO": lambda v: v[0] / v[1].nullif(0.0),
    "DIFFR": lambda v: (v[0] - v[1]) / v[1].nullif(0.0) * 100.0,
    "AVG": lambda v: _total(v) / len(v),
    "VAR": _variance,
    "DIST": _distance,
    "WAVG": lambda v: _total([w * x for w, x in zip(v[::2], v[1::2], strict=True)]),
    "DIFFX": lambda v: _total([(a - b).abs() for a, b in combinations(v, 2)]),
    "MVAR": _variance,
    "DIST3D": _distance,
    "PROB": lambda v: v[0] * v[1] * v[2],
    "COSIM": _cosine,
}


class Conditions:
    """A formula over the table that `measured` made."""

    def __init__(self, indicator: Indicator, table: Table) -> None:
        self.indicator, self.table = indicator, table
        self.places = {feature: f"f{n}" for n, feature in enumerate(features(indicator.call))}

    def answer(self, call: Call | None = None) -> BooleanValue:
        """True, false or missing for each row."""
        call = call or self.indicator.call
        if call.operator in LOGIC:
            return LOGIC[call.operator](*(self.answer(inner) for inner in call.values))
        if call.operator == "SUB":
            return self._among(call)
        return SIDES[call.cut.direction](self.figure(call), self._cut(call))

    def figure(self, call: Call) -> Value:
        """The number that the operator compares with its cut."""
        return NUMBERS[call.operator]([self._value(value) for value in call.values])

    def _among(self, call: Call) -> BooleanValue:
        assert isinstance(call.cut.value, Words)
        codes, given = list(call.cut.value.values), self._value(call.values[0])
        if given.type().is_array():
            inside = ibis.ifelse(given.length() > 0, list_has_all(ibis.array(codes), given), None)
        else:
            inside = given.isin(codes)
        return inside if call.cut.direction == "⊆" else ~inside

    def _cut(self, call: Call) -> Value:
        cut = call.cut.value
        percent = self._percent(cut)
        if percent and call.operator == "DIFF":
            return self._value(cut) * self._value(call.values[1])
        return self._value(cut) * 100.0 if percent and call.operator == "DIFFR" else self._value(cut)

    def _percent(self, value: Written) -> bool:
        if isinstance(value, Parameter):
            return any(one.percent for one in self.indicator.parameters if one.name == value.name)
        return isinstance(value, Number) and value.percent

    def _value(self, value: Written) -> Value:
        if isinstance(value, Number):
            return literal(value.amount)
        if isinstance(value, Parameter):
            return self._dated(value.name)
        return self.table[self.places[value]]

    def _dated(self, name: str) -> Value:
        """The value in force when the period began; before the first day, the first."""
        period = self.indicator.span
        first, *later = [one for one in self.indicator.parameters if one.name == name]
        found = literal(first.value)
        for one in later:
            found = ibis.ifelse(self.table.number >= _from(one.since, period), literal(one.value), found)
        return found


def _from(since, period) -> int:
    """The first period that begins on or after the day."""
    own = number_of(since, period)
    began = number_of(since.fromordinal(since.toordinal() - 1), period) != own
    return own if began else own + 1
