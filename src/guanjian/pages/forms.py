"""A step's form, drawn from what the step needs: one field to a need, what was typed kept when it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from guanjian.kernel.flow import Step
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Text

ONE_A_LINE = Text("每行一项。", "One item a line.")
YUAN = Text("人民币元，最多两位小数。", "In CNY, at most two decimals.")
A_ROW = Text("每行一项，各栏以“|”分隔：{zh}", "One row a line, columns parted by “|”: {en}")
AT_LEAST = Text("至少{n}字。", "At least {n} characters.")


@dataclass(frozen=True)
class Field:
    """One field of a form: the need, its value as typed, and an id that is alone on the page."""

    need: Need
    value: str | list[str]
    id: str

    @property
    def help(self) -> Text | None:
        """What to write here: the need's own words, or what its kind implies."""
        if self.need.help:
            return self.need.help
        if self.need.min_length > 1:
            return AT_LEAST.filled(n=self.need.min_length)
        if self.need.columns:
            labels = [column.label for column in self.need.columns]
            return A_ROW.filled(zh=" | ".join(one.zh for one in labels), en=" | ".join(one.en for one in labels))
        return {"many": None if self.need.choices else ONE_A_LINE, "money": YUAN}.get(self.need.kind)

    @property
    def kind(self) -> str:
        """How to draw it: the need's kind, but `boxes` for many choices and `radio` for up to four of one."""
        if self.need.kind == "many" and self.need.choices:
            return "boxes"
        return "radio" if self.need.kind == "choice" and len(self.need.choices.choices()) <= 4 else self.need.kind

    @property
    def options(self) -> list[tuple[str, Text, bool]]:
        """The choices with the chosen ones marked."""
        chosen = self.value if isinstance(self.value, list) else [self.value]
        return [(value, text, value in chosen) for value, text in self.need.choices.choices()]

    @property
    def max_length(self) -> int:
        """The longest text that is taken."""
        return self.need.max_length if self.need.kind == "text" else 300


def fields(needs: tuple[Need, ...], typed: Mapping[str, Any], prefix: str) -> list[Field]:
    """The fields in the order of the needs."""
    return [Field(need, typed.get(need.name, ""), f"{prefix}-{need.name}") for need in needs]


def said_before(needs: tuple[Need, ...], record: Any) -> dict[str, str]:
    """What the record says already, as it would be typed, for the facts that are given again."""
    return {need.name: _as_typed(need, getattr(record, need.name)) for need in needs if need.again}


def _as_typed(need: Need, value: Any) -> str:
    if need.kind == "rows":
        return "\n".join(" | ".join(_cell(column, row[column.name]) for column in need.columns) for row in value)
    return "\n".join(value) if need.kind == "many" else str(value or "")


def _cell(column: Need, value: Any) -> str:
    return str(column.choices(value).label) if column.choices else str(value)


def typed(post: QueryDict, needs: tuple[Need, ...]) -> dict[str, str | list[str]]:
    """What was typed for these needs, and nothing else that was sent."""
    ticked = {need.name for need in needs if need.kind == "many" and need.choices}
    return {need.name: post.getlist(need.name) if need.name in ticked else post.get(need.name, "") for need in needs}


def confirmed(step: Step, post: QueryDict) -> bool:
    """A grave step is taken only with its confirmation ticked."""
    return step.weight != "grave" or post.get("confirm") == "yes"
