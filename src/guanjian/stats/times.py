"""Which step is a label? Whole numbers, days, ISO weeks, months and years become an unbroken row of steps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import numpy as np

from guanjian.kernel.errors import BadInput


def steps_of(labels: Iterable[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each label stands, and all labels in order, gaps filled; no labels give one step "all"."""
    given = sorted(set(labels))
    if not given:
        return {}, ("all",)
    at = {label: _number(label) for label in given}
    kinds = {kind for kind, _ in at.values()}
    if len(kinds) > 1:
        raise BadInput("时间写法不一。", "Times are written in more than one way.")
    kind, values = kinds.pop(), np.array([value for _, value in at.values()])
    first, step = values.min(), max(1, int(np.gcd.reduce(values - values.min())))
    count = int(values.max() - first) // step + 1
    if count > 100_000:
        raise BadInput("时间跨度太大。", "The times span too many steps.")
    return (
        {label: int(value - first) // step for label, (_, value) in at.items()},
        tuple(_label(kind, int(first) + i * step) for i in range(count)),
    )


def _number(label: str) -> tuple[str, int]:
    try:
        if week := re.fullmatch(r"(\d{4})-?W(\d{1,2})", label):
            return "week", date.fromisocalendar(int(week[1]), int(week[2]), 1).toordinal() // 7
        if day := re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", label):
            return "day", date(int(day[1]), int(day[2]), int(day[3])).toordinal()
    except ValueError:
        raise BadInput(f"没有这一天：“{label}”。", f"There is no such day: {label!r}.") from None
    if month := re.fullmatch(r"(\d{4})[-/](\d{1,2})", label):
        return "month", int(month[1]) * 12 + int(month[2]) - 1
    if re.fullmatch(r"-?\d{1,15}", label):
        return "number", int(label)
    raise BadInput(f"看不懂时间“{label}”。", f"The time {label!r} is not a whole number, day, ISO week or month.")


def _label(kind: str, value: int) -> str:
    if kind == "day":
        return date.fromordinal(value).isoformat()
    if kind == "month":
        return f"{value // 12:04}-{value % 12 + 1:02}"
    if kind == "week":
        year, week, _ = date.fromordinal(value * 7 + 1).isocalendar()  # ordinal 1 was a Monday
        return f"{year}-W{week:02}"
    return str(value)
