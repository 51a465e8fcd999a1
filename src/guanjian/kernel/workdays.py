"""Arithmetic of time limits on a calendar value: hours, calendar days, working days, months, years."""

from __future__ import annotations

import calendar as _months
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import Text

CHINA = ZoneInfo("Asia/Shanghai")
Unit = Literal["h", "cd", "wd", "m", "y"]
UNIT_NAMES = {
    "h": Text("小时", "hours"),
    "cd": Text("日", "calendar days"),
    "wd": Text("个工作日", "working days"),
    "m": Text("个月", "months"),
    "y": Text("年", "years"),
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked. Outside `holidays` and `workdays`, Monday to Friday are; it answers up to `ends_on`."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    ends_on: date = date(9999, 12, 31)

    def is_working(self, day: date) -> bool:
        """True on a working day; `BadInput` beyond the end of the table, because a guess would be a wrong deadline."""
        if day > self.ends_on:
            raise BadInput(
                f"节假日表只到 {self.ends_on}，请安全管理员导入之后的节假日。",
                f"The holiday table ends on {self.ends_on}; ask the administrator to import the days after it.",
            )
        if day in self.workdays:
            return True
        return day not in self.holidays and day.weekday() < 5

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (the day itself is not counted)."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day


@dataclass(frozen=True, slots=True)
class Limit:
    """A period: `amount` in `unit`, with its legal source; `code` names the dated parameter that may replace it."""

    amount: int
    unit: Unit
    source: str = ""
    code: str = ""

    def __str__(self) -> str:
        return str(Text("{n}{u}", "{n} {u}").filled(n=self.amount, u=UNIT_NAMES[self.unit]))


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _months.monthrange(year, month + 1)[1]))


def due(start: datetime, limit: Limit, calendar: Calendar) -> datetime:
    """When a wait that began at `start` (aware) is over.

    Hours run from the minute; days, months and years run from the next day and end at 24:00 of the last
    (the day on which a period begins is not counted: 民法典 art. 201, 行政处罚法 art. 85).
    """
    if limit.unit == "h":
        return start + timedelta(hours=limit.amount)
    first = start.astimezone(CHINA).date()
    match limit.unit:
        case "cd":
            last = first + timedelta(days=limit.amount)
        case "wd":
            last = calendar.add_working_days(first, limit.amount)
        case "m":
            last = add_months(first, limit.amount)
        case _:
            last = add_months(first, 12 * limit.amount)
    return end_of(last)


def end_of(day: date) -> datetime:
    """24:00 of the day."""
    return datetime.combine(day + timedelta(days=1), time(), CHINA)


def lamp(started: datetime, ends: datetime | None, now: datetime) -> str:
    """green: more than 30 % of the time left; yellow: at most 30 %; red: overdue; none: no limit runs."""
    if ends is None:
        return "none"
    if now >= ends:
        return "red"
    return "yellow" if (ends - now) <= 0.3 * (ends - started) else "green"
