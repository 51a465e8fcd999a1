"""Every table of the contract as an unbound Ibis table: what a detector is written on, before there is any data."""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt
from ibis.expr.types import Table

from guanjian.customs import TABLES

TYPES = {
    "text": dt.string,
    "int": dt.int64,
    "decimal": dt.Decimal(18, 4),
    "float": dt.float64,
    "bool": dt.boolean,
    "ts": dt.Timestamp("UTC", 6),
    "date": dt.date,
    "json": dt.string,
    "list": dt.Array(dt.string),
}


def __getattr__(name: str) -> Table:
    """`from guanjian.engine.tables import declarations`: the contract is the only list of tables."""
    if name not in TABLES:
        raise AttributeError(name)
    return ibis.table({column.name: TYPES[column.type] for column in TABLES[name].columns}, name=name)
