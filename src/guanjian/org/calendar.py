"""The holiday table and the dated parameters as the pure values that time limits are computed on."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from time import time

from guanjian.kernel.workdays import Calendar, Limit
from guanjian.org.models import Holiday, Parameter

CERTIFICATES = "certificate."  # dated parameters: which courses a post needs


def _minute() -> int:
    """Every process reads the tables anew each minute: no message between processes is needed."""
    return int(time() // 60)


def working_days() -> Calendar:
    """The calendar as the table stands; it ends with the year of its last day."""
    return _calendar(_minute())


@lru_cache(maxsize=2)
def _calendar(_minute_now: int) -> Calendar:
    rows = list(Holiday.objects.values_list("day", "kind"))
    if not rows:
        return Calendar()
    return Calendar(
        frozenset(day for day, kind in rows if kind == "holiday"),
        frozenset(day for day, kind in rows if kind == "workday"),
        date(max(day for day, _ in rows).year, 12, 31),
    )


def in_force(limit: Limit, on: date) -> Limit:
    """The limit as the dated parameter of its code gives it on that day, or as the step table says."""
    rows = _periods(_minute())
    for code, since, amount, unit, source in rows:
        if code == limit.code and since <= on:
            return Limit(amount, unit, source or limit.source, code)
    return limit


@lru_cache(maxsize=2)
def _periods(_minute_now: int) -> list[tuple[str, date, int, str, str]]:
    rows = Parameter.objects.filter(code__startswith="limit.").order_by("-since")
    return [(row.code, row.since, row.value["amount"], row.value["unit"], row.source) for row in rows]


def courses_in_force(code: str, on: date) -> tuple[str, ...]:
    """The courses that the dated parameter of this code names on that day."""
    return next((courses for known, since, courses in _demands(_minute()) if known == code and since <= on), ())


@lru_cache(maxsize=2)
def _demands(_minute_now: int) -> list[tuple[str, date, tuple[str, ...]]]:
    rows = Parameter.objects.filter(code__startswith=CERTIFICATES).order_by("-since")
    return [(row.code, row.since, tuple(row.value["courses"])) for row in rows]


def changed() -> None:
    """Call after a change of the two tables in this process: the cached values are read anew at once."""
    _calendar.cache_clear()
    _periods.cache_clear()
    _demands.cache_clear()
