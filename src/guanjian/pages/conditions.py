"""A composite query: conditions in groups, read from an address, refused in a sentence, told back in one, turned to a filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import Names, Text
from guanjian.pages import names
from guanjian.pages.asking import Field, Kind

MOST, LONGEST = 12, 80
TEXTS = Kind.TEXT, Kind.LIST


class Op(Names):
    """How a field is compared."""

    HAS = "has", "包含", "contains"
    HAS_NOT = "hasnt", "不包含", "does not contain"
    IS = "is", "等于", "is"
    IS_NOT = "isnt", "不等于", "is not"
    BEGINS = "begins", "开头是", "begins with"
    FROM = "from", "不小于（不早于）", "is from"
    UNTIL = "until", "不大于（不晚于）", "is up to"
    EMPTY = "empty", "为空", "is empty"
    FILLED = "filled", "不为空", "is not empty"


class Match(Names):
    """How the groups hang together."""

    ANY = "any", "组内各条都要满足，满足任何一组即可", "all of a group; any of the groups"
    ALL = "all", "组内满足一条即可，各组都要满足", "any of a group; all of the groups"


BARE = Op.EMPTY, Op.FILLED
OPS = {
    Kind.TEXT: (Op.HAS, Op.HAS_NOT, Op.IS, Op.IS_NOT, Op.BEGINS, *BARE),
    Kind.CHOICE: (Op.IS, Op.IS_NOT, *BARE),
    Kind.UNIT: (Op.IS, Op.IS_NOT),
    Kind.LIST: (Op.HAS, Op.HAS_NOT),
    Kind.NUMBER: (Op.IS, Op.IS_NOT, Op.FROM, Op.UNTIL, *BARE),
    Kind.DAY: (Op.IS, Op.IS_NOT, Op.FROM, Op.UNTIL, *BARE),
    Kind.MOMENT: (Op.IS, Op.FROM, Op.UNTIL, *BARE),
    Kind.YES: (Op.IS,),
}
YES = ("1", Text("是", "yes")), ("0", Text("否", "no"))
WORDS = {"yes": "1", "true": "1", "no": "0", "false": "0", "是": "1", "否": "0"}


@dataclass(frozen=True)
class Condition:
    """One line: the field, how it is compared, with what; `read` is the value in the field's type."""

    group: int
    field: Field
    op: Op
    value: str
    read: Any

    @property
    def said(self) -> Text:
        """The line in words."""
        if self.op in BARE:
            return Text(f"{self.field.title.zh}{self.op.label.zh}", f"{self.field.title.en} {self.op.label.en}")
        value = _shown(self.field, self.read, self.value)
        zh, en = f"{self.op.label.zh}“{value.zh}”", f" {self.op.label.en} “{value.en}”"
        return Text(f"“{self.field.title.zh}”{zh}", f"“{self.field.title.en}”{en}")


@dataclass(frozen=True)
class Query:
    """The whole question."""

    match: Match
    conditions: tuple[Condition, ...]

    @property
    def groups(self) -> list[list[Condition]]:
        """The conditions by group, in the order of their numbers."""
        numbers = sorted({one.group for one in self.conditions})
        return [[one for one in self.conditions if one.group == number] for number in numbers]

    @property
    def said(self) -> Text:
        """The question told back in a sentence."""
        inner, outer = (_AND, _OR) if self.match == Match.ANY else (_OR, _AND)
        return _joined([_joined([one.said for one in group], inner) for group in self.groups], outer, True)

    def pairs(self) -> list[tuple[str, str]]:
        """The question as pairs of an address, without what was left blank."""
        pairs = [("match", str(self.match))]
        for n, one in enumerate(self.conditions):
            pairs += [
                (f"g{n}", str(one.group)),
                (f"f{n}", one.field.name),
                (f"o{n}", str(one.op)),
                (f"v{n}", one.value),
            ]
        return pairs

    def address(self, *more: tuple[str, str]) -> str:
        """The address that asks for the same, for anybody."""
        return "?" + urlencode([*more, *self.pairs()])


_AND, _OR = Text(" 并且 ", " and "), Text(" 或者 ", " or ")


def _joined(parts: list[Text], word: Text, outer: bool = False) -> Text:
    zh, en = word.zh.join(one.zh for one in parts), word.en.join(one.en for one in parts)
    return Text(f"（{zh}）", f"({en})") if len(parts) > 1 and not outer else Text(zh, en)


def rows(given: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """The lines as they were typed: group, field, comparison, value."""
    for n in range(MOST):
        if given.get(f"f{n}"):
            yield given.get(f"g{n}", "1"), given[f"f{n}"], given.get(f"o{n}", ""), given.get(f"v{n}", "")


def read(given: Mapping[str, str], fields: Mapping[str, Field]) -> Query:
    """The question of an address; `BadInput` with a sentence that names the line that cannot be asked."""
    match = given.get("match") or Match.ANY
    if match not in set(Match):
        raise BadInput(
            "各组之间的关系不在可选范围内，请重新选择。", "How the groups hang together is unknown: choose again."
        )
    if any(given.get(f"f{n}") for n in range(MOST, 2 * MOST)):
        raise BadInput(f"最多{MOST}个条件。", f"At most {MOST} conditions.")
    return Query(Match(match), tuple(_condition(row, fields) for row in rows(given)))


def _condition(row: tuple[str, str, str, str], fields: Mapping[str, Field]) -> Condition:
    group, name, op, value = row[0], row[1], row[2], row[3].strip()
    field = fields.get(name)
    if field is None:
        raise BadInput(f"没有“{name[:40]}”这一项，请重新选择。", f"There is no field “{name[:40]}”: choose again.")
    if group not in ("1", "2", "3", "4"):
        raise BadInput("组别应为1至4。", "A group is a number from 1 to 4.")
    if op not in OPS[field.kind]:
        can = [one.label for one in OPS[field.kind]]
        raise BadInput(
            Text("“{field}”不能这样比较，可用：{zh}。", "“{field}” cannot be compared so; use: {en}.").filled(
                field=field.title, zh="、".join(one.zh for one in can), en=", ".join(one.en for one in can)
            )
        )
    return Condition(int(group), field, Op(op), value, None if op in BARE else _value(field, value))


def _wrong(field: Field, zh: str, en: str) -> BadInput:
    return BadInput(Text("“{field}”" + zh, "“{field}” " + en).filled(field=field.title))


def _value(field: Field, value: str) -> Any:
    if not value:
        raise _wrong(field, "：请给出要比较的值。", "needs a value to compare with.")
    if len(value) > LONGEST or "\x00" in value:
        raise _wrong(
            field, f"：不能超过{LONGEST}字，且须为可显示的文字。", f"takes at most {LONGEST} plain characters."
        )
    return getattr(_Read, field.kind.value)(field, value)


class _Read:
    """A typed value in the type of its field, or the sentence that says what it must be."""

    @staticmethod
    def text(field: Field, value: str) -> str:
        return value

    list = text

    @staticmethod
    def choice(field: Field, value: str) -> str:
        found = next((stored for stored, label in field.choices if value in (stored, label.zh, label.en)), None)
        if found is None:
            raise _wrong(field, "不在可选范围内，请从列表中选择。", "is not one of the choices: choose from the list.")
        return found

    @staticmethod
    def yes(field: Field, value: str) -> bool:
        if WORDS.get(value, value) not in ("0", "1"):
            raise _wrong(field, "只能是“是”或“否”。", "is yes or no.")
        return WORDS.get(value, value) == "1"

    @staticmethod
    def unit(field: Field, value: str):
        where = names.place(value)
        if where is None:
            raise _wrong(field, "：没有这个单位，请填写单位代码。", "names no unit: give the code of a unit.")
        return where

    @staticmethod
    def number(field: Field, value: str) -> Decimal:
        try:
            number = Decimal(value.replace(",", "").replace("，", ""))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number) >= Decimal("1e15"):
            raise _wrong(field, "应为数字，如 12000 或 12000.50。", "must be a number such as 12000 or 12000.50.")
        return number

    @staticmethod
    def day(field: Field, value: str) -> date:
        try:
            found = date.fromisoformat(value)
        except ValueError:
            found = date.min
        if not 1900 <= found.year <= 9000:
            raise _wrong(field, "应为日期，如 2026-11-21。", "must be a date such as 2026-11-21.")
        return found

    moment = day


def begins(day: date, after: int = 0) -> datetime:
    """Midnight in Beijing at the beginning of this day, or so many days after."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=after), time.min))


def _shown(field: Field, read: Any, value: str) -> Text:
    if field.kind == Kind.CHOICE:
        return next(label for stored, label in field.choices if stored == read)
    if field.kind == Kind.YES:
        return dict(YES)["1" if read else "0"]
    if field.kind == Kind.UNIT:
        return names.unit(read.code)
    return Text(str(read), str(read)) if field.kind in (Kind.DAY, Kind.MOMENT, Kind.NUMBER) else Text(value, value)
