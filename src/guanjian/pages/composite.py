"""What a composite query finds: the rows of its loops that this person may see, newest first, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import DecimalField, F, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, NullIf

from guanjian.kernel.errors import BadInput
from guanjian.org.actor import Actor
from guanjian.pages.asking import Field, Kind
from guanjian.pages.conditions import Condition, Match, Op, Query, begins
from guanjian.pages.desk import Desk
from guanjian.pages.queue import EPOCH

NUMBERS = DecimalField(max_digits=24, decimal_places=6)
WRONG_PAGE = ("页码有误，请回到第一页。", "The page mark is wrong; go back to the first page.")
LAST = 2**62


@dataclass(frozen=True)
class Place:
    """Where one found record is; `mark` is where the next page begins after it."""

    loop: str
    number: int
    mark: str


def found(actor: Actor, desks: Sequence[Desk], query: Query, limit: int, after: str = "") -> list[Place]:
    """At most so many records, only of what this person may see; one loop by number, several by the day of opening."""
    if len(desks) == 1:
        rows = filtered(desks[0].model.objects.visible_to(actor), query).order_by("-pk")
        rows = rows.filter(pk__lt=_number(after)) if after else rows
        return [Place(desks[0].name, pk, str(pk)) for pk in rows.values_list("pk", flat=True)[:limit]]
    every = [line for desk in desks for line in _lines(actor, desk, query, (limit, after))]
    every.sort(key=lambda line: (-line[0].timestamp(), line[1], -line[2]))
    return [Place(loop, pk, f"{_micros(at)}.{loop}.{pk}") for at, loop, pk in every[:limit]]


def _lines(actor: Actor, desk: Desk, query: Query, asked: tuple[int, str]) -> list[tuple[datetime, str, int]]:
    limit, after = asked
    rows = filtered(desk.model.objects.visible_to(actor), query).order_by("-opened_at", "-pk")
    if after:
        at, loop, number = _mark(after)
        later = Q(opened_at__lt=at)
        if desk.name == loop:
            later |= Q(opened_at=at, pk__lt=number)
        elif desk.name > loop:
            later |= Q(opened_at=at)
        rows = rows.filter(later)
    return [(at, desk.name, pk) for at, pk in rows.values_list("opened_at", "pk")[:limit]]


def _micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text[:30]) < LAST):
        raise BadInput(*WRONG_PAGE)
    return int(text)


def _mark(text: str) -> tuple[datetime, str, int]:
    try:
        micros, loop, number = text.split(".")
        return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=_number(micros)), loop, _number(number)
    except (ValueError, OverflowError):
        raise BadInput(*WRONG_PAGE) from None


def filtered(rows: QuerySet, query: Query) -> QuerySet:
    """The rows to which the question applies; it only narrows what it is given."""
    aliases: dict[str, Any] = {}
    every = query.match == Match.ALL
    wanted = Q()
    for group in query.groups:
        inner = Q()
        for one in group:
            said = _said(one, aliases)
            inner = (inner | said if inner else said) if every else inner & said
        wanted = wanted & inner if every else (wanted | inner if wanted else inner)
    return rows.alias(**aliases).filter(wanted)


def _said(one: Condition, aliases: dict[str, Any]) -> Q:
    field, op = one.field, one.op
    if field.kind == Kind.UNIT:
        code = one.read.code
        within = Q(unit_code=code) | Q(house_code=code) | Q(district_code=code)
        return ~within if op == Op.IS_NOT else within
    if field.kind == Kind.YES:
        yes = Q(**{_json(field) if field.step else field.column: True})
        return yes if one.read else ~yes
    name = f"asked_{len(aliases)}"
    aliases[name] = _expression(field)
    if field.kind == Kind.LIST:
        return _listed(name, one)
    return _compared(name, one)


def _json(field: Field) -> str:
    return f"facts__{field.step}__{field.column}"


def _expression(field: Field) -> Any:
    """The field in the type of its kind; nothing given is the empty text, or NULL."""
    if field.kind == Kind.NUMBER:
        return Cast(NullIf(KT(_json(field)), Value("")), NUMBERS) if field.step else Cast(F(field.column), NUMBERS)
    if field.step:
        return Coalesce(KT(_json(field)), Value(""), output_field=TextField())
    return Cast(F(field.column), TextField()) if field.kind == Kind.LIST else F(field.column)


def _listed(name: str, one: Condition) -> Q:
    """An entry of a stored list, however its letters are written there."""
    there = Q(**{f"{name}__contains": json.dumps(one.value)})
    there |= Q(**{f"{name}__contains": json.dumps(one.value, ensure_ascii=False)})
    return ~there if one.op == Op.HAS_NOT else there


LOOKUPS = {
    Op.HAS: "icontains",
    Op.HAS_NOT: "icontains",
    Op.IS: "exact",
    Op.IS_NOT: "exact",
    Op.BEGINS: "istartswith",
    Op.FROM: "gte",
    Op.UNTIL: "lte",
}


def _compared(name: str, one: Condition) -> Q:
    texts = one.field.kind in (Kind.TEXT, Kind.CHOICE) or bool(one.field.step and one.field.kind == Kind.DAY)
    nothing = Q(**{name: ""}) if texts else Q(**{f"{name}__isnull": True})
    if one.op in (Op.EMPTY, Op.FILLED):
        return nothing if one.op == Op.EMPTY else ~nothing
    if one.field.kind == Kind.MOMENT:
        return _on_days(name, one)
    value = one.read.isoformat() if one.field.kind == Kind.DAY and one.field.step else one.read
    same = Q(**{f"{name}__{LOOKUPS[one.op]}": value})
    if one.op in (Op.HAS_NOT, Op.IS_NOT):
        return ~same | nothing
    return same & ~nothing if texts else same


def _on_days(name: str, one: Condition) -> Q:
    """A moment asked for by days of Beijing."""
    first, after = Q(**{f"{name}__gte": begins(one.read)}), Q(**{f"{name}__lt": begins(one.read, 1)})
    return {Op.IS: first & after, Op.FROM: first, Op.UNTIL: after}[one.op]
