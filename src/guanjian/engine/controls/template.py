"""A template: its name, what it says, and the SQL of its breaches.

The SQL of a template answers rows `o, n, why`: the object, the number of an event that is evidence, and a short reason.
An object is in breach exactly when it has such a row. The dialect is plain: DuckDB and PostgreSQL take the same text.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from guanjian.kernel.words import Names, Text


class Why(Names):
    """The short reason beside the evidence."""

    MISSING = "missing", "应有而无", "Required step missing"
    TOO_MANY = "too_many", "不应有或次数过多", "Step forbidden or repeated"
    ORDER = "order", "顺序不符", "Wrong order"
    LATE = "late", "逾期完成", "Done late"
    OVERDUE = "overdue", "逾期未办", "Overdue and not done"
    TOO_SOON = "too_soon", "过快", "Too soon"
    OFF_HOURS = "off_hours", "非工作时间", "Outside working hours"
    BACK_DATED = "back_dated", "补录或设备时间不符", "Recorded after the fact"
    SAME_PERSON = "same_person", "同一人办理", "One person took both steps"
    TOO_FEW = "too_few", "人数不足", "Too few persons"
    OVER_LIMIT = "over_limit", "超越权限", "Above the authority limit"
    NO_AUTHORITY = "no_authority", "无授权", "No authority on the day"
    RECUSAL = "recusal", "应回避未回避", "Should have recused"
    OFF_DUTY = "off_duty", "不在班", "Not on the roster"
    UNQUALIFIED = "unqualified", "未通过考核", "Not qualified on the day"
    OVERLAP = "overlap", "时间重叠", "Overlapping in time"
    FAR = "far", "不在作业地点", "Away from the place of work"
    SPEED = "speed", "移动速度不可能", "Impossible speed"
    ASTRAY = "astray", "偏离路线", "Off the route"
    DUPLICATE = "duplicate", "证据重复使用", "Evidence used twice"
    SHARE = "share", "占比过高", "Share too high"
    BLANK = "blank", "应填未填", "Left blank"
    DOWNGRADED = "downgraded", "降低要求", "Requirement lowered"
    SPLIT = "split", "化整为零", "Split below the limit"
    OUT_OF_BAND = "out_of_band", "超出幅度", "Outside the band"


# The kinds of argument: the checker reads these names from the signature of a template's SQL function.
Act = str | list[str]  # one activity, or any of these
Steps = list[Act]  # at least two different activities, in order
Words = list[str]
Word = str
Field = str  # the name of a column
Fields = list[str]
Amounts = str  # the name of a column of numbers
Count = int
Number = float
Flag = bool


@dataclass(frozen=True)
class Template:
    """One kind of control. `columns` names, per needed column, the arguments whose events must have it."""

    name: str
    title: Text
    says: Text
    sql: Callable[..., str]
    flow: bool = False
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tables: tuple[str, ...] = ()
    subject: str = ""  # the argument that names the column findings are grouped by, when it is not the object
    untestable: Callable[..., str] | None = None
    across: bool = False  # True when what happens in one object can make another one a breach

    @cached_property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        """The arguments by name, as the SQL function declares them (without the question itself)."""
        return dict(list(inspect.signature(self.sql).parameters.items())[1:])

    @property
    def signature(self) -> str:
        """`response(a, b)`: how the template is called, for help pages."""
        shown = [k if p.default is p.empty else f"{k}={p.default!r}" for k, p in self.parameters.items()]
        return f"{self.name}({', '.join(shown)})"


NUMBERS = ("amount", "lon", "lat", "place_lon", "place_lat", "from_lon", "from_lat")
TEMPLATES: dict[str, Template] = {}


def template(name: str, title: tuple[str, str], says: tuple[str, str], **traits: Any):
    """Declare the decorated function as the SQL of a template."""

    def declare(sql: Callable[..., str]) -> Callable[..., str]:
        TEMPLATES[name] = Template(name, Text(*title), Text(*says), sql, **traits)
        return sql

    return declare


def text(value: Any) -> str:
    """A value as an SQL literal; nothing but numbers and text ever reaches the query."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"


def listed(value: Any) -> list[Any]:
    """One value or several, nested or not, as one flat list; nothing is the empty list."""
    if value is None or value == "":
        return []
    if isinstance(value, list | tuple):
        return [item for part in value for item in listed(part)]
    return [value]


def one_of(column: str, values: Act | Steps) -> str:
    """The condition that a column has this value, or one of these."""
    return "(" + " OR ".join(f"{column} = {text(value)}" for value in listed(values)) + ")"


@dataclass(frozen=True)
class Question:
    """Where the rule is asked: the relation of events, and the moment up to which open waits are judged."""

    log: str = "log"
    as_of: str = "(SELECT max(t) FROM log)"

    def events(self, names: str | list[str], columns: str = "o, n", extra: str = "") -> str:
        """A subquery of the events of these activities."""
        return f"(SELECT {columns} FROM {self.log} WHERE {one_of('a', names)}{extra})"
