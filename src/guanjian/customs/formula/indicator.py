"""One governed indicator as a value: what the office approves, and what the engine measures."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from guanjian.customs.formula.check import checked, thing_of
from guanjian.customs.formula.operators import COMMUTES
from guanjian.customs.formula.parse import parse
from guanjian.customs.formula.sentence import explained
from guanjian.customs.formula.traits import FACTS, HEADS
from guanjian.customs.formula.tree import Call, Cut, Number, Parameter, features, parameters
from guanjian.customs.formula.vocabulary import Thing
from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import Names, Text

HEADQUARTERS = "0000"


class Period(Names):
    """By which span enterprises and units are measured."""

    DAY = "day", "按日", "By day"
    WEEK = "week", "按周", "By week"
    MONTH = "month", "按月", "By month"
    QUARTER = "quarter", "按季", "By quarter"
    YEAR = "year", "按年", "By year"

    @property
    def span(self) -> Text:
        """“日” of “按日”."""
        return Text(self.label.zh.removeprefix("按"), self.value)


@dataclass(frozen=True)
class Dated:
    """A parameter's value from a day on."""

    name: str
    since: date
    value: float
    percent: bool = False

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        """From a row of the office: name, value as typed (5, 5%), date."""
        text = str(row["value"]).strip().replace("％", "%")
        try:
            value = Decimal(text.removesuffix("%"))
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or abs(value) >= Decimal("1e15"):
            raise BadInput(
                f"参数“{row['name']}”的数值“{text[:20]}”不是数字，请写如 5、0.3 或 30%。",
                f"The value “{text[:20]}” of parameter “{row['name']}” is no number: write 5, 0.3 or 30%.",
            )
        percent = text.endswith("%")
        return cls(row["name"], date.fromisoformat(row["since"]), float(value / 100 if percent else value), percent)


@dataclass(frozen=True)
class Indicator:
    """A checked formula with the period by which it is measured, its dated parameters and its territory."""

    code: str
    title: str
    call: Call
    period: Period
    parameters: tuple[Dated, ...] = ()
    district: str = HEADQUARTERS
    line: str = ""
    level: str = "blue"

    @classmethod
    def read(cls, formula: str, rows: Iterable[Mapping[str, Any]] = (), period: str = "month", **about: Any) -> Self:
        """From what an officer wrote; `BadInput` with one sentence when it cannot be measured."""
        dated = tuple(sorted((Dated.read(row) for row in rows), key=lambda one: (one.name, one.since)))
        days = [(one.name, one.since) for one in dated]
        if twice := next((name for name, day in days if days.count((name, day)) > 1), ""):
            raise BadInput(
                f"参数“{twice}”同一天有两个数值，请只留一个。",
                f"Parameter “{twice}” has two values on one day: keep one.",
            )
        kinds = {one.name: one.percent for one in dated}
        if mixed := next((one.name for one in dated if one.percent != kinds[one.name]), ""):
            raise BadInput(
                f"参数“{mixed}”有的带百分号、有的不带，请统一。",
                f"Parameter “{mixed}” is with and without %: choose one.",
            )
        call = checked(parse(formula), kinds)
        if unused := sorted({one.name for one in dated} - set(parameters(call))):
            raise BadInput(
                f"公式没有用到参数“{'、'.join(unused)}”，请删去，或写进公式。",
                f"The formula does not use {', '.join(unused)}: remove it, or use it.",
            )
        return cls(about.pop("code", ""), about.pop("title", ""), call, Period(period), dated, **about)

    @property
    def thing(self) -> Thing:
        """The object that it is about."""
        return thing_of(self.call)

    @property
    def span(self) -> Period:
        """The period in which its answers are dated; what happens once is dated by its month."""
        return self.period if self.thing.periodic else Period.MONTH

    @property
    def reads(self) -> tuple[str, ...]:
        """The tables without which nothing can be said."""
        facts = {self.thing.fact} | {fact for one in features(self.call) for fact in facts_of(self.thing, one.name)}
        tables = {FACTS[fact].table for fact in facts}
        return tuple(sorted(tables | ({HEADS} if tables & {"items", "examinations"} else set())))

    @property
    def said(self) -> Text:
        """The formula as a sentence."""
        return explained(self.call, self.period.span)

    def fingerprint(self) -> str:
        """The hash of everything that decides what it flags: an approval holds for this and nothing else."""
        return _hash(self.told())

    def told(self) -> dict[str, Any]:
        """What decides what it flags, as JSON."""
        return {
            "formula": str(self.call),
            "period": str(self.period),
            "parameters": [[one.name, one.since.isoformat(), repr(one.value), one.percent] for one in self.parameters],
            "district": self.district,
            "level": self.level,
        }

    def essence(self, numbers: bool = True) -> str:
        """The same for formulas that say the same in another order; without numbers also where only they differ."""
        call = _plain(self.call) if numbers else _masked(self.call)
        values = [[one.name, repr(one.value)] for one in self.parameters] if numbers else []
        period = str(self.period) if self.thing.periodic else ""
        return _hash({"formula": str(_sorted(call)), "period": period, "values": values})


def facts_of(thing: Thing, name: str) -> set[str]:
    """The facts behind a measure; a share rests on two."""
    measure = thing.measures[name]
    if measure.how != "share":
        return {measure.fact}
    return {fact for part in measure.of for fact in facts_of(thing, part)}


def _hash(told: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _plain(call: Call) -> Call:
    """Every number as it is meant: 50 % and 0.5 are one."""
    return _each(call, lambda value: Number(Decimal(repr(value.amount))) if isinstance(value, Number) else value)


def _masked(call: Call) -> Call:
    """Every number and parameter the same."""
    return _each(call, lambda value: Parameter("数") if isinstance(value, (Number, Parameter)) else value)


def _each(call: Call, change) -> Call:
    values = tuple(_each(value, change) if isinstance(value, Call) else change(value) for value in call.values)
    return Call(call.operator, values, call.cut and Cut(call.cut.direction, change(call.cut.value)))


def _sorted(call: Call) -> Call:
    values = tuple(_sorted(value) if isinstance(value, Call) else value for value in call.values)
    ordered = tuple(sorted(values, key=str)) if call.operator in COMMUTES else values
    return Call(call.operator, ordered, call.cut)
