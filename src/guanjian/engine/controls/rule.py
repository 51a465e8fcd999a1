"""A rule: a template with its arguments, checked when it is made."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from guanjian.engine.controls.template import NUMBERS, TEMPLATES, Question, Template, listed
from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import Text


def _word(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _words(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(_word(v) for v in value)


def _activity(value: Any) -> bool:
    return _word(value) or _words(value)


def _steps(value: Any) -> bool:
    several = isinstance(value, list | tuple) and len(value) >= 2 and all(_activity(v) for v in value)
    return several and len(set(listed(value))) == len(listed(value))


def _column(value: Any) -> bool:
    return _word(value) and bool(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", value))


def _number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool) and value == value


CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "Act": _activity,
    "Steps": _steps,
    "Words": _words,
    "Word": _word,
    "Field": _column,
    "Amounts": _column,
    "Fields": lambda value: _words(value) and all(_column(v) for v in value),
    "Count": lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    "Number": _number,
    "Flag": lambda value: isinstance(value, bool),
}


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
        if self.template.flow and "b" in parameters and set(listed(self.args["a"])) & set(listed(self.args["b"])):
            self._refuse("的两项不能相同", "needs two different activities")
        self.sql()  # a unit or number that the template cannot take is refused here, not in the middle of a run

    def _refuse(self, zh: str, en: str) -> None:
        form = self.template.signature
        raise BadInput(f"模板“{self.name}”{zh}，写法为 {form}。", f"Template “{self.name}” {en}; write {form}.")

    def _check(self, name: str, parameter: inspect.Parameter) -> None:
        kind, value = parameter.annotation, self.args[name]
        right = CHECKS[kind](value)
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
            if parameter.annotation in ("Act", "Steps"):
                found += listed(self.value(name))
        return list(dict.fromkeys(found))

    @property
    def fields(self) -> dict[str, list[str]]:
        """The columns that it reads, each with the activities whose events must have it (none: need not be filled)."""
        needed: dict[str, list[str]] = {}
        for column, sources in self.template.columns.items():
            needs = [activity for source in sources for activity in listed(self.value(source))]
            if column == "who" and self.args.get("empty") == "system":
                needs = []
            for name in self._named(column):
                needed[name] = needs
        return needed

    @property
    def numbers(self) -> list[str]:
        """The columns that it reads as numbers, whatever the source wrote them as."""
        parameters = self.template.parameters.items()
        named = [self.value(name) for name, parameter in parameters if parameter.annotation == "Amounts"]
        return [name for name in self.fields if name in NUMBERS or name in named]

    def _named(self, column: str) -> list[str]:
        if not column.startswith("@"):
            return [column]
        return listed(self.value(column[1:]))

    def sentence(self) -> Text:
        """What the rule says, with its arguments filled in."""
        values = {name: self.value(name) for name in self.template.parameters}
        zh = {k: _told(v, "、", "或") for k, v in values.items()}
        en = {k: _told(v, ", ", " or ") for k, v in values.items()}
        return Text(self.template.says.zh.format(**zh), self.template.says.en.format(**en))


def _told(value: Any, between: str, within: str) -> Any:
    if not isinstance(value, list | tuple):
        return value
    return between.join(within.join(part) if isinstance(part, list | tuple) else str(part) for part in value)
