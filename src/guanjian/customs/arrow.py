"""The same shape in Arrow, DuckDB and Parquet: the types that every file of the lake has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guanjian.customs.table import Table

if TYPE_CHECKING:
    import pyarrow as pa

DUCKDB = {
    "text": "VARCHAR",
    "int": "BIGINT",
    "decimal": "DECIMAL(18,4)",
    "float": "DOUBLE",
    "bool": "BOOLEAN",
    "ts": "TIMESTAMPTZ",
    "date": "DATE",
    "json": "VARCHAR",
    "list": "VARCHAR[]",
}


def schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table; a column that the contract does not call optional is not nullable."""
    import pyarrow as pa  # heavy: only those who write files pay for it

    types = {
        "text": pa.string(),
        "int": pa.int64(),
        "decimal": pa.decimal128(18, 4),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "ts": pa.timestamp("us", tz="UTC"),
        "date": pa.date32(),
        "json": pa.string(),
        "list": pa.list_(pa.string()),
    }
    return pa.schema([pa.field(c.name, types[c.type], nullable=c.optional) for c in table.columns])
