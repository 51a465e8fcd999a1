"""A lake in a temporary folder, and questions to it."""

import duckdb
import pytest

from guanjian.ingest.importing import ingest
from guanjian.ingest.lake import Lake

DECLARATIONS = "entry_id,unit_code,ie,declared_at,trade_mode,consignee_id,value_cny,packages\n"


@pytest.fixture
def lake(tmp_path):
    """An empty lake."""
    return Lake.open(tmp_path / "lake", create=True)


@pytest.fixture
def ask():
    """Rows of a query as dictionaries."""

    def rows(query: str) -> list[dict]:
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            return connection.sql(query).to_arrow_table().to_pylist()

    return rows


@pytest.fixture
def bring(lake, tmp_path):
    """Write a text as a file beside the lake and import it."""

    def into(name: str, text: str | bytes, **how):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return ingest([path], lake, **how)

    return into
