"""Periods as whole numbers that follow each other: the period before is one less."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
from ibis.expr.types import Value

from guanjian.customs.formula.indicator import Period
from guanjian.engine.clock import AHEAD_US, day, epoch_us

DAY_US = 86_400_000_000
IN_A_YEAR = {Period.DAY: 364, Period.WEEK: 52, Period.MONTH: 12, Period.QUARTER: 4, Period.YEAR: 1}
EPOCH = date(1970, 1, 1)
TO_MONDAY = 3  # 1970-01-01 was a Thursday


def number(when: Value, period: Period) -> Value:
    """The number of the local period in which a moment (or a day) lies."""
    dated = when.type().is_date()
    if period in (Period.DAY, Period.WEEK):
        days = when.epoch_days().cast("int64") if dated else (epoch_us(when) + AHEAD_US) // DAY_US
        return (days if period is Period.DAY else (days + TO_MONDAY) // 7).cast("int64")
    on = when if dated else day(when)
    year = on.year().cast("int64")
    if period is Period.YEAR:
        return year
    return year * 12 + on.month() - 1 if period is Period.MONTH else year * 4 + on.quarter() - 1


def number_of(on: date, period: Period) -> int:
    """The same for one day."""
    days = (on - EPOCH).days
    return {
        Period.DAY: days,
        Period.WEEK: (days + TO_MONDAY) // 7,
        Period.MONTH: on.year * 12 + on.month - 1,
        Period.QUARTER: on.year * 4 + (on.month - 1) // 3,
        Period.YEAR: on.year,
    }[period]


def written(found: int, period: Period) -> str:
    """How a finding names the period: `2026-03-02` (a day, or a week's Monday), `2026-03`, `2026-Q1`, `2026`."""
    match period:
        case Period.DAY:
            return (EPOCH + timedelta(days=found)).isoformat()
        case Period.WEEK:
            return (EPOCH + timedelta(days=7 * found - TO_MONDAY)).isoformat()
        case Period.MONTH:
            return f"{found // 12}-{found % 12 + 1:02d}"
        case Period.QUARTER:
            return f"{found // 4}-Q{found % 4 + 1}"
        case _:
            return str(found)


def literal(value: float) -> Value:
    """A number as a column value."""
    return ibis.literal(value, type="float64")
