"""A rule is a template with its arguments; a template is a name, what it says, and the SQL of its breaches.

The SQL of a template answers rows `o, n, why`: the object, the number of an event that is evidence, and a short reason.
An object is in breach exactly when it has such a row. The dialect is plain: DuckDB and PostgreSQL take the same text.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from guanjian.kernel.errors import BadInput
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

    @cached_property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        """The arguments by name, as the SQL function declares them (without the question itself)."""
        return {k: p for k, p in list(inspect.signature(self.sql).parameters.items())[1:]}

    @property
    def signature(self) -> str:
        """`response(a, b)`: how the template is called, for help pages."""
        shown = [k if p.default is p.empty else f"{k}={p.default!r}" for k, p in self.parameters.items()]
        return f"{self.name}({', '.join(shown)})"


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


def one_of(column: str, values: str | list[str]) -> str:
    """The condition that a column has this value, or one of these."""
    values = [values] if isinstance(values, str) else values
    return "(" + " OR ".join(f"{column} = {text(value)}" for value in values) + ")"


@dataclass(frozen=True)
class Question:
    """Where the rule is asked: the relation of events, and the moment up to which open waits are judged."""

    log: str = "log"
    as_of: str = "(SELECT max(t) FROM log)"

    def events(self, names: str | list[str], columns: str = "o, n", extra: str = "") -> str:
        """A subquery of the events of these activities."""
        return f"(SELECT {columns} FROM {self.log} WHERE {one_of('a', names)}{extra})"


@dataclass(frozen=True)
class Rule:
    """A template and its arguments, checked when it is made."""

    name: str
    args: Mapping[str, Any]

    def __post_init__(self) -> None:
        if self.name not in TEMPLATES:
            near = get_close_matches(self.name, TEMPLATES, 1)
            hint = Text(f"，是否为“{near[0]}”？", f"; did you mean “{near[0]}”?") if near else Text("。", ".")
            raise BadInput(
                Text("没有名为“{name}”的控制模板{hint}", "There is no control template “{name}”{hint}").filled(
                    name=self.name, hint=hint
                )
            )
        parameters = self.template.parameters
        if strange := [name for name in self.args if name not in parameters]:
            self._refuse(f"不认识参数“{strange[0]}”", f"has no argument “{strange[0]}”")
        for name, parameter in parameters.items():
            if name in self.args:
                self._check(name, parameter)
            elif parameter.default is parameter.empty:
                self._refuse(f"缺少参数“{name}”", f"needs the argument “{name}”")

    def _refuse(self, zh: str, en: str) -> None:
        form = self.template.signature
        raise BadInput(f"模板“{self.name}”{zh}，写法为 {form}。", f"Template “{self.name}” {en}; write {form}.")

    def _check(self, name: str, parameter: inspect.Parameter) -> None:
        kind, value = parameter.annotation, self.args[name]
        listed = isinstance(value, list | tuple) and bool(value) and all(isinstance(v, str) and v for v in value)
        right = {
            "Act": (isinstance(value, str) and bool(value)) or listed,
            "Steps": listed and len(set(value)) == len(value) >= 2,
            "Words": listed,
            "Word": isinstance(value, str) and bool(value),
            "Count": isinstance(value, int) and not isinstance(value, bool) and value >= 0,
            "Number": isinstance(value, int | float | Decimal) and not isinstance(value, bool),
            "Flag": isinstance(value, bool),
        }[kind]
        if not right:
            self._refuse(
                f"的参数“{name}”不能是 {value!r}（应为 {kind}）", f"cannot take {name}={value!r} (a {kind} is meant)"
            )

    @property
    def template(self) -> Template:
        """The template of this rule."""
        return TEMPLATES[self.name]

    def value(self, name: str) -> Any:
        """The argument as given, or its default."""
        return self.args.get(name, self.template.parameters[name].default)

    def sql(self, question: Question | None = None) -> str:
        """The SELECT of `o, n, why`, one row per event that is evidence of a breach."""
        return self.template.sql(question or Question(), **self.args)

    @property
    def activities(self) -> list[str]:
        """Every activity that the rule names."""
        found: list[str] = []
        for name, parameter in self.template.parameters.items():
            if parameter.annotation in ("Act", "Steps") and (value := self.value(name)):
                found += [value] if isinstance(value, str) else list(value)
        return list(dict.fromkeys(found))

    @property
    def fields(self) -> dict[str, list[str]]:
        """The columns that it reads, each with the activities whose events must have it (none: need not be filled)."""
        needed: dict[str, list[str]] = {}
        for column, sources in self.template.columns.items():
            needs = [a for source in sources for a in ([v] if isinstance(v := self.value(source), str) else v or [])]
            if column == "who" and self.args.get("empty") == "system":
                needs = []
            for name in self._named(column):
                needed[name] = needs
        return needed

    def _named(self, column: str) -> list[str]:
        if not column.startswith("@"):
            return [column]
        value = self.value(column[1:])
        return [value] if isinstance(value, str) and value else list(value or [])

    def sentence(self) -> Text:
        """What the rule says, with its arguments filled in."""
        values = {name: self.value(name) for name in self.template.parameters}
        zh = {k: "、".join(v) if isinstance(v, list | tuple) else v for k, v in values.items()}
        en = {k: ", ".join(v) if isinstance(v, list | tuple) else v for k, v in values.items()}
        return Text(self.template.says.zh.format(**zh), self.template.says.en.format(**en))
