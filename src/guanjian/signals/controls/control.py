"""The one shape of a control, however it was declared: what, over which trail, how grave, on what legal basis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from guanjian.engine.controls import all_templates  # noqa: F401  every template declares itself
from guanjian.engine.controls.rule import Rule
from guanjian.kernel.errors import BadInput
from guanjian.kernel.papers import Level
from guanjian.kernel.words import Text

KNOWN = (
    "code",
    "title",
    "line",
    "node",
    "level",
    "basis",
    "trail",
    "rule",
    "with",
    "plain",
    "example",
    "breach",
    "untestable",
)


@dataclass(frozen=True)
class Control:
    """A rule with its name, owner and ground. `trail` empty: the log that is given. `example` draws a little world."""

    code: str
    title: Text
    rule: Rule
    line: str = ""
    node: str = ""
    level: Level = Level.YELLOW
    basis: str = ""
    trail: str = ""
    plain: Text | None = None
    example: str = ""
    breach: tuple[str, ...] = ()
    untestable: tuple[str, ...] = ()

    @cached_property
    def sentence(self) -> Text:
        """What it asks, in words: its own explanation, or the template's with the arguments filled in."""
        return self.plain or self.rule.sentence()


def control(declared: Mapping[str, Any], where: str = "") -> Control:
    """A control from its declaration; `BadInput` names the control and says what to change."""
    if not isinstance(declared, Mapping):
        raise BadInput(f"{where}每条控制应为一组“名称: 值”。", f"{where}Each control is a set of “name: value”.")
    code = str(declared.get("code") or "")
    place = f"{where}{code}：" if code else where
    try:
        return _read(declared, code)
    except BadInput as error:
        raise BadInput(Text(place + error.text.zh, place + error.text.en)) from error


def _read(declared: Mapping[str, Any], code: str) -> Control:
    if strange := [name for name in declared if name not in KNOWN]:
        raise BadInput(
            f"不认识“{strange[0]}”；可写：{'、'.join(KNOWN)}。", f"“{strange[0]}” is unknown; write {', '.join(KNOWN)}."
        )
    for name in ("code", "rule"):
        if not declared.get(name):
            raise BadInput(f"缺少“{name}”。", f"“{name}” is missing.")
    arguments = declared.get("with") or {}
    if not isinstance(arguments, Mapping):
        raise BadInput("“with”应为模板的参数。", "“with” holds the arguments of the template.")
    return Control(
        code,
        _words(declared.get("title") or code, "title"),
        Rule(str(declared["rule"]), dict(arguments)),
        line=str(declared.get("line") or ""),
        node=str(declared.get("node") or ""),
        level=_level(declared.get("level") or "yellow"),
        basis=str(declared.get("basis") or ""),
        trail=str(declared.get("trail") or ""),
        plain=_words(declared["plain"], "plain") if declared.get("plain") else None,
        example=str(declared.get("example") or ""),
        breach=tuple(str(o) for o in declared.get("breach") or ()),
        untestable=tuple(str(o) for o in declared.get("untestable") or ()),
    )


def _words(value: Any, name: str) -> Text:
    if isinstance(value, Mapping) and set(value) == {"zh", "en"}:
        return Text(str(value["zh"]), str(value["en"]))
    if isinstance(value, list) and len(value) == 2:
        return Text(str(value[0]), str(value[1]))
    if isinstance(value, str):
        return Text(value, value)
    raise BadInput(f"“{name}”应为文字，或中英两段。", f"“{name}” is a text, or Chinese and English.")


def _level(value: Any) -> Level:
    try:
        return Level(str(value))
    except ValueError:
        names = "、".join(Level)
        raise BadInput(f"“level”应为 {names} 之一。", f"“level” is one of {', '.join(Level)}.") from None
