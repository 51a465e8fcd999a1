"""What a rule says on a day: its versions in their order, a parameter from its own day, nothing from the repeal on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Version = Mapping[str, Any]  # number, since, text, parameters [{code, value, since}], controls, trainings, source


@dataclass(frozen=True)
class Said:
    """The rule as it reads on one day."""

    number: int
    since: date
    text: str
    parameters: Mapping[str, str]
    controls: tuple[str, ...]
    trainings: tuple[str, ...]
    source: str = ""


def said_on(versions: Sequence[Version], repealed_on: date | None, day: date) -> Said | None:
    """The rule on this day, or None: before its first day, and from the day of its repeal on."""
    if repealed_on is not None and day >= repealed_on:
        return None
    begun = [version for version in versions if _day(version["since"]) <= day]
    if not begun:
        return None
    newest = begun[-1]
    codes = [row["code"] for row in newest["parameters"]]
    values = {code: value for code in codes if (value := _value(begun, code, day)) is not None}
    return Said(
        newest["number"],
        _day(newest["since"]),
        newest["text"],
        values,
        tuple(newest["controls"]),
        tuple(newest["trainings"]),
        newest["source"],
    )


def _value(begun: Sequence[Version], code: str, day: date) -> str | None:
    """A parameter of the newest version that has not come yet keeps the value that it had in the version before."""
    for version in reversed(begun):
        row = next((row for row in version["parameters"] if row["code"] == code), None)
        if row is None:
            return None
        if not row["since"] or _day(row["since"]) <= day:
            return row["value"]
    return None


def last_day(versions: Sequence[Version]) -> date | None:
    """The day on which the newest version comes into force; what follows comes after it."""
    return _day(versions[-1]["since"]) if versions else None


def _day(text: str) -> date:
    return date.fromisoformat(text)
