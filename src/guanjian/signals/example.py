"""A little world drawn as a table: `declarations: entry_id unit_code` and one row per line below it.

`-` is an empty cell. `*3` at the end of a row repeats it; `{i}` in a cell counts the repetitions from 1. A time may end
in `+{i}h`, `+{i}d` or `+{i}m`. Columns that are not drawn get a neutral value of their type.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa

from guanjian.customs import TABLES, Column
from guanjian.customs.arrow import schema
from guanjian.kernel.workdays import CHINA

STEP = {"h": "hours", "d": "days", "m": "minutes"}
READ = {
    "text": str,
    "int": int,
    "decimal": lambda text: Decimal(text).quantize(Decimal("0.0001")),
    "float": float,
    "bool": lambda text: text in ("1", "true", "是"),
    "date": date.fromisoformat,
    "json": str,
    "list": lambda text: text.split(","),
}
NEUTRAL = {
    "text": "000000",
    "int": 0,
    "decimal": Decimal("1.0000"),
    "float": 0.0,
    "bool": False,
    "json": "{}",
    "list": [],
}


def drawn(text: str) -> dict[str, pa.Table]:
    """The tables of a drawing, in contract columns and types."""
    rows: dict[str, list[dict[str, str]]] = {}
    table, header = "", []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        head = re.match(r"(\w+):\s+(.+)", line)
        if head and head[1] in TABLES:
            table, header = head[1], head[2].split()
            rows.setdefault(table, [])
        else:
            rows[table] += _repeated(header, line.split())
    return {name: arrow(name, found) for name, found in rows.items()}


def arrow(table: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows of texts (or ready values) as an Arrow table of the contract."""
    columns = TABLES[table].columns
    return pa.Table.from_pylist(
        [{c.name: _value(c, row) for c in columns} for row in rows], schema=schema(TABLES[table])
    )


def _repeated(header: list[str], cells: list[str]) -> list[dict[str, str]]:
    times = int(cells.pop()[1:]) if re.fullmatch(r"\*\d+", cells[-1]) else 1
    return [dict(zip(header, (c.replace("{i}", str(i)) for c in cells), strict=True)) for i in range(1, times + 1)]


def _value(column: Column, row: dict[str, Any]) -> Any:
    given = row.get(column.name)
    if given == "-" or (given is None and column.optional):
        return None
    if given is None:
        return _moment("2026-01-05T00:00") if column.type == "ts" else NEUTRAL.get(column.type, date(2026, 1, 5))
    if not isinstance(given, str):
        return given
    return _moment(given) if column.type == "ts" else READ[column.type](given)


def _moment(text: str) -> datetime:
    stamp, _, later = text.partition("+")
    moment = datetime.fromisoformat(stamp).replace(tzinfo=CHINA)
    return moment + timedelta(**{STEP[later[-1]]: float(later[:-1])}) if later else moment
