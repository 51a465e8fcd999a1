"""What a composite query finds: the rows of its loops that this person may see, newest first, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import DecimalField, F, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, NullIf

from guanjian.kernel.errors import BadInput
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from guanjian.pages.asking import Field, Kind
from guanjian.pages.bounded import Minute, this_minute
from guanjian.pages.conditions import Condition, Match, Op, Query, begins
from guanjian.pages.desk import Desk
from guanjian.pages.queue import EPOCH

NUMBERS = DecimalField(max_digits=24, decimal_places=6)
WRONG_PAGE = ("页码有误，请回到第一页。", "The page mark is wrong; go back to the first page.")
LAST = 2**62
SHARED = frozenset(field.name for field in Record._meta.local_fields) | {"id"}
Where = tuple[str, tuple[Any, ...]]


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
    wanted = _said_once(desks[0].model, query)
    arms = [_arm(actor, desk, wanted, (limit, after)) for desk in desks]
    texts = [f"SELECT * FROM ({arm[0]}) AS a{n}" for n, arm in enumerate(arms) if arm[0]]
    if not texts:
        return []
    order = f"ORDER BY opened_at DESC, loop, id DESC LIMIT {int(limit)}"
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(texts)} {order}", [value for arm in arms for value in arm[1]])
        return [Place(loop, pk, f"{_micros(_moment(at))}.{loop}.{pk}") for loop, at, pk in cursor.fetchall()]


def _said_once(model: type[Record], query: Query) -> Where:
    """The question as the database reads it of a row `r` of any loop: over all loops only what every record has is asked.

    To build it for each of so many loops would cost more than to run it.
    """
    sql, params = filtered(model._base_manager.order_by(), query).values_list("pk").query.sql_with_params()
    said = sql.partition(" WHERE ")[2].replace(f"{connection.ops.quote_name(model._meta.db_table)}.", "r.")
    return said or "1 = 1", params


@lru_cache(maxsize=1024)
def _visible(actor: Actor, model: type[Record], _minute: Minute) -> Where:
    """What every record has, of those that this person may see; nothing where there can be none."""
    columns = [field.attname for field in model._meta.concrete_fields if field.name in SHARED]
    try:
        return model.objects.visible_to(actor).order_by().values_list(*columns).query.sql_with_params()
    except EmptyResultSet:
        return "", ()


def _arm(actor: Actor, desk: Desk, wanted: Where, asked: tuple[int, str]) -> Where:
    """The newest rows of one loop."""
    (limit, after), (visible, whose) = asked, _visible(actor, desk.model, this_minute())
    if not visible:
        return "", ()
    later, marked = _later(desk, after) if after else ("1 = 1", ())
    sql = (
        f"SELECT '{desk.name}' AS loop, r.opened_at, r.id FROM ({visible}) AS r WHERE ({wanted[0]}) AND ({later})"
        f" ORDER BY r.opened_at DESC, r.id DESC LIMIT {int(limit)}"
    )
    return sql, (*whose, *wanted[1], *marked)


def _later(desk: Desk, after: str) -> Where:
    """What comes after this mark in the order of all loops."""
    at, loop, number = _mark(after)
    at = connection.ops.adapt_datetimefield_value(at)
    if desk.name == loop:
        return "r.opened_at < %s OR r.opened_at = %s AND r.id < %s", (at, at, number)
    return ("r.opened_at <= %s" if desk.name > loop else "r.opened_at < %s"), (at,)


def _moment(stored: datetime | str) -> datetime:
    """As it comes from the database: SQLite keeps a moment in UTC without saying so."""
    read = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return read if read.tzinfo else read.replace(tzinfo=UTC)


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
