"""Arithmetic of time limits on a calendar value: minutes, hours, calendar days, working days, months, years."""

from __future__ import annotations

import calendar as _months
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import Text

CHINA = ZoneInfo("Asia/Shanghai")
Unit = Literal["min", "h", "cd", "wd", "m", "y"]
UNIT_NAMES = {
    "min": Text("分钟", "minutes"),
    "h": Text("小时", "hours"),
    "cd": Text("日", "calendar days"),
    "wd": Text("个工作日", "working days"),
    "m": Text("个月", "months"),
    "y": Text("年", "years"),
}
CLOCK = {"min": timedelta(minutes=1), "h": timedelta(hours=1)}  # these run from the minute, at night too


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
        return _count_on(day, count, self.is_working)


@dataclass(frozen=True, slots=True)
class Limit:
    """A period: `amount` in `unit`, with its legal source; `code` names the dated parameter that may replace it."""

    amount: int
    unit: Unit
    source: str = ""
    code: str = ""
    cut_off_hour: int | None = None

    def __str__(self) -> str:
        return str(Text("{n}{u}", "{n} {u}").filled(n=self.amount, u=UNIT_NAMES[self.unit]))


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _months.monthrange(year, month + 1)[1]))


Stops = Sequence[tuple[datetime, datetime]]


def due(start: datetime, limit: Limit, calendar: Calendar, stops: Stops = ()) -> datetime:
    """When a wait that began at `start` (aware) is over, the clock standing still during `stops` (from, to).

    Minutes and hours run from the moment. Days, months and years run from the next day and end at 24:00 of the last (the day on
    which a period begins is not counted: 民法典 art. 201; "日" in 行政处罚法 art. 85 are working days); what begins at or
    after the limit's cut-off hour begins on the next day. A day at whose end the clock stands still does not count.
    """
    if limit.unit in CLOCK:
        return _after(start, CLOCK[limit.unit] * limit.amount, stops)
    first = _first_day(start, limit)
    if limit.unit in ("m", "y"):
        last = add_months(first, limit.amount * (12 if limit.unit == "y" else 1))
        stood = sum(_stands(day, stops) for day in _days(first, last))
        return end_of(_count_on(last, stood, lambda day: not _stands(day, stops)))
    works = calendar.is_working if limit.unit == "wd" else lambda day: True
    return end_of(_count_on(first, limit.amount, lambda day: works(day) and not _stands(day, stops)))


def _after(start: datetime, length: timedelta, stops: Stops) -> datetime:
    ends = start + length
    for stood_from, stood_to in sorted(stops):
        if stood_from < ends:
            ends += stood_to - max(stood_from, start)
    return ends


def _first_day(start: datetime, limit: Limit) -> date:
    local = start.astimezone(CHINA)
    late = limit.cut_off_hour is not None and local.hour >= limit.cut_off_hour
    return local.date() + timedelta(days=late)


def _count_on(day: date, count: int, counts: Callable[[date], bool]) -> date:
    while count > 0:
        day += timedelta(days=1)
        count -= counts(day)
    return day


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range(1, (last - first).days + 1))


def _stands(day: date, stops: Stops) -> bool:
    midnight = end_of(day)
    return any(stood_from < midnight <= stood_to for stood_from, stood_to in stops)


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
