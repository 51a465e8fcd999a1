"""The tables beside the log: authorities, relations, rosters, qualifications, and the working days of the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import duckdb
import pyarrow as pa

from guanjian.engine.controls.source import AHEAD_US, quoted
from guanjian.kernel.errors import BadInput
from guanjian.kernel.workdays import Calendar

# What the rules call a column: (its type, the names under which a source may bring it). The first is the contract's.
SHAPES: Mapping[str, Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "authorities": {
        "holder": ("varchar", ("holder", "officer_id", "actor", "resource", "post")),
        "activity": ("varchar", ("activity", "act")),
        "limit_cny": ("decimal(18,4)", ("limit_cny", "limit", "refund_limit", "amount")),
        "from_day": ("date", ("from", "from_day", "valid_from")),
        "to_day": ("date", ("to", "to_day", "valid_to")),
    },
    "relations": {
        "officer_id": ("varchar", ("officer_id", "actor", "resource")),
        "other_id": ("varchar", ("other_id", "other", "party")),
        "declared_on": ("date", ("declared_on",)),
    },
    "rosters": {
        "unit_code": ("varchar", ("unit_code", "site", "unit")),
        "officer_id": ("varchar", ("officer_id", "actor", "resource")),
        "starts_at": ("timestamp", ("starts_at", "start")),
        "ends_at": ("timestamp", ("ends_at", "end")),
    },
    "qualifications": {
        "officer_id": ("varchar", ("officer_id", "actor", "resource")),
        "course": ("varchar", ("course",)),
        "passed": ("boolean", ("passed",)),
        "passed_on": ("date", ("on", "passed_on")),
        "expires": ("date", ("expires",)),
    },
}
MAY_LACK = {"activity", "from_day", "to_day", "declared_on", "expires"}


def lay(connection: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    """Make the side table `side_<name>` from a relation, its columns found by name; a missing one is refused by name."""
    if name not in SHAPES:
        raise BadInput(
            f"没有旁表“{name}”；有：{'、'.join(SHAPES)}。", f"No side table “{name}”; there are: {', '.join(SHAPES)}."
        )
    described = connection.execute(f"DESCRIBE SELECT * FROM ({sql}) s").fetchall()
    kinds = {row[0].lower(): (row[0], row[1]) for row in described}
    shown = []
    for column, (kind, names) in SHAPES[name].items():
        hit = next((kinds[n] for n in names if n in kinds), None)
        if hit is None and column not in MAY_LACK:
            raise BadInput(f"旁表“{name}”没有“{names[0]}”列。", f"The side table “{name}” has no column “{names[0]}”.")
        shown.append(f"{_read(hit, kind)} AS {column}")
    days = "generate_series(CAST(starts_at AS date), CAST(ends_at AS date), INTERVAL '1 day')"
    every = f"*, CAST(unnest({days}) AS date) AS day" if name == "rosters" else "*"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE side_{name} AS SELECT {every} FROM (SELECT {', '.join(shown)} FROM ({sql}) s) x"
    )


def _read(hit: tuple[str, str] | None, kind: str) -> str:
    if hit is None:
        return f"CAST(NULL AS {kind})"
    name = quoted(hit[0])
    if kind == "timestamp" and "TIME ZONE" in hit[1]:
        return f"make_timestamp(epoch_us({name}) + {AHEAD_US})"
    return f"CAST({name} AS {kind})"


def lay_working_days(connection: duckdb.DuckDBPyConnection, calendar: Calendar, first: date, last: date) -> None:
    """The table `working_days(day, nth, works)` from `first` to `last`, or to the end of the calendar."""
    last = min(last, calendar.ends_on)
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    works = [calendar.is_working(day) for day in days]
    nth, numbers = 0, []
    for worked in works:
        nth += worked
        numbers.append(nth)
    table = pa.table(
        {"day": pa.array(days, pa.date32()), "nth": pa.array(numbers, pa.int32()), "works": pa.array(works, pa.bool_())}
    )
    connection.register("arriving", table)
    connection.execute("CREATE OR REPLACE TEMP TABLE working_days AS SELECT * FROM arriving")
    connection.unregister("arriving")
