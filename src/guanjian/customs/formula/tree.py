"""What a formula is made of, and how it is written back: reading what is written gives the same tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

DIRECTIONS = ("≥", ">", "≤", "<", "=", "≠", "⊆", "⊄")


@dataclass(frozen=True)
class Number:
    """A plain number, or one per hundred."""

    value: Decimal
    percent: bool = False
    place: int = field(default=0, compare=False)

    @property
    def amount(self) -> float:
        """The number that is meant: 5 % is 0.05."""
        return float(self.value / 100 if self.percent else self.value)

    def __str__(self) -> str:
        return f"{self.value.normalize():f}{'%' if self.percent else ''}"


@dataclass(frozen=True)
class Parameter:
    """A number with a name: its values and the days from which they hold stand beside the formula."""

    name: str
    place: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Words:
    """A set of codes or names."""

    values: tuple[str, ...]
    place: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return "{" + ", ".join(self.values) + "}"


@dataclass(frozen=True)
class Where:
    """A condition on the facts that a feature counts: `查验方式=彻底查验`."""

    name: str
    direction: str
    value: str
    place: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{self.name}{self.direction}{self.value}"


@dataclass(frozen=True)
class Feature:
    """`维度-对象-特征[条件]@时点`: what is measured of the object, of which facts, and when or of whom."""

    dimension: str
    subject: str
    name: str
    where: tuple[Where, ...] = ()
    at: str = ""
    place: int = field(default=0, compare=False)

    @property
    def plain(self) -> str:
        """The three parts of its name."""
        return f"{self.dimension}-{self.subject}-{self.name}"

    def __str__(self) -> str:
        where = "[" + ", ".join(map(str, self.where)) + "]" if self.where else ""
        return f"{self.plain}{where}{'@' + self.at if self.at else ''}"


@dataclass(frozen=True)
class Cut:
    """The last argument of an attribute operator: which side of what."""

    direction: str
    value: Value
    place: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{self.direction}{self.value}"


@dataclass(frozen=True)
class Call:
    """An operator on values and a cut (attribute), or on other calls (logic). Its answer is 0 or 1."""

    operator: str
    values: tuple[Value | Call, ...]
    cut: Cut | None = None
    place: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{self.operator}({', '.join(map(str, (*self.values, *([self.cut] if self.cut else []))))})"


Value = Number | Parameter | Words | Feature


def calls(call: Call) -> Iterator[Call]:
    """The call and every call inside it, the outermost first."""
    yield call
    for value in call.values:
        if isinstance(value, Call):
            yield from calls(value)


def values(call: Call) -> Iterator[Value]:
    """Every value in the formula, in the order in which they are written."""
    for each in calls(call):
        yield from (value for value in each.values if not isinstance(value, Call))
        if each.cut:
            yield each.cut.value


def features(call: Call) -> list[Feature]:
    """Every different feature, in the order of their first place."""
    return list(dict.fromkeys(value for value in values(call) if isinstance(value, Feature)))


def parameters(call: Call) -> list[str]:
    """The names of the parameters that it uses."""
    return list(dict.fromkeys(value.name for value in values(call) if isinstance(value, Parameter)))
