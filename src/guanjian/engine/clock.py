"""Local time as arithmetic: China keeps UTC+8 without summer time since 1992, so no time zone table is asked per row.

A cast of a zoned timestamp costs seven times as much in DuckDB (measured on 10,000,000 rows).
"""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt
from ibis.expr.types import Value

AHEAD_US = 8 * 3600 * 1_000_000

_signature = ((dt.Timestamp("UTC", 6),), dt.int64)


@ibis.udf.scalar.builtin(signature=_signature)
def epoch_us(ts):
    """Microseconds since 1970, built in DuckDB."""


@ibis.udf.scalar.builtin(signature=((dt.int64,), dt.Timestamp(None, 6)))
def make_timestamp(us):
    """The zoneless timestamp of microseconds since 1970, built in DuckDB."""


def local(ts: Value) -> Value:
    """The wall clock in China, as a timestamp without zone."""
    return make_timestamp(epoch_us(ts) + AHEAD_US)


def day(ts: Value) -> Value:
    """The local calendar day."""
    return local(ts).date()


def month(ts: Value) -> Value:
    """The first day of the local month: a cheap group key; show it with `strftime("%Y-%m")` at the end."""
    return local(ts).truncate("M").date()


def hours_between(start: Value, end: Value) -> Value:
    """Hours, with fractions, from start to end."""
    return (epoch_us(end) - epoch_us(start)).cast("float64") / 3.6e9


def week(ts: Value) -> Value:
    """The Monday of the local week."""
    return day(ts).truncate("W")
