"""The session: one view per table of the contract, kept tables, lent frames, and local time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from guanjian.customs import TABLES
from guanjian.engine import tables
from guanjian.engine.clock import day, hours_between, local, month
from guanjian.engine.session import Session, tables_read
from guanjian.ingest.lake import Lake
from guanjian.signals.example import drawn

WORLD = """
declarations: entry_id unit_code declared_at released_at value_cny
e1 2201 2026-03-31T23:30 2026-04-01T01:00 12.5
e2 2202 2026-04-01T00:00 - 7
"""


@pytest.fixture
def session():
    with Session.over(drawn(WORLD)) as opened:
        yield opened


def test_every_table_of_the_contract_is_there_and_empty_without_data():
    with Session() as session:
        for name in TABLES:
            assert session.ask(getattr(tables, name)).num_rows == 0
            assert not session.holds(name)


def test_a_name_outside_the_contract_is_no_table():
    with pytest.raises(AttributeError):
        tables.smugglers  # noqa: B018


def test_columns_come_in_contract_types(session):
    found = session.ask(tables.declarations)
    assert found.column_names == list(TABLES["declarations"].names)
    assert str(found.schema.field("value_cny").type) == "decimal128(18, 4)"
    assert session.holds("declarations")


def test_the_clock_is_china_s_across_midnight_and_month(session):
    d = tables.declarations
    rows = session.ask(
        d.select("entry_id", day=day(d.declared_at), month=month(d.declared_at), hour=local(d.declared_at).hour(),
                 took=hours_between(d.declared_at, d.released_at)).order_by("entry_id")
    ).to_pylist()  # fmt: skip
    assert [(r["day"], r["month"], r["hour"], r["took"]) for r in rows] == [
        (date(2026, 3, 31), date(2026, 3, 1), 23, 1.5),
        (date(2026, 4, 1), date(2026, 4, 1), 0, None),
    ]


def test_sums_come_back_as_the_integers_that_the_expression_promises(session):
    d = tables.declarations
    found = session.frame(d.agg(n=(d.entry_id.length()).cast("int64").sum()))
    assert found["n"].dtype == "int64"


def test_a_kept_table_is_made_once_and_remembers_what_it_read(session):
    made = []

    def make():
        made.append(1)
        return tables.declarations.select("entry_id")

    first = session.keep("ids", make)
    session.reads.clear()
    assert session.ask(session.keep("ids", make)).num_rows == session.ask(first).num_rows == 2
    assert made == [1]
    assert session.reads == {"declarations"}


def test_a_lent_frame_can_be_joined_and_replaced(session):
    for units, rows in ((["2201"], 1), (["2201", "2202"], 2)):
        asked = session.lend("asked", pd.DataFrame({"unit_code": units}))
        assert session.ask(tables.declarations.semi_join(asked, "unit_code")).num_rows == rows


def test_arrays_are_numpy_columns(session):
    d = tables.declarations
    found = session.arrays(d.select(n=d.entry_id.length().cast("int32")))
    assert found["n"].dtype == "int32"
    assert found["n"].tolist() == [2, 2]


def test_an_expression_tells_the_tables_that_it_reads():
    both = tables.declarations.inner_join(tables.items, "entry_id")
    assert tables_read(both) == {"declarations", "items"}


def test_what_was_spilled_is_gone_after_the_session():
    with Session() as session:
        folder = Path(session._spill)
        assert folder.exists()
    assert not folder.exists()


def test_a_lake_is_read_as_it_was_known(tmp_path):
    lake = Lake.open(tmp_path / "lake", create=True)
    with Session(lake, as_of=datetime(2026, 1, 1, tzinfo=UTC).date()) as session:
        assert session.batches_used == []
        assert not session.holds("declarations")
