"""What import guarantees, shown on a few rows."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import duckdb
import pyarrow.dataset as ds
import pytest

from guanjian.ingest.importing import ingest
from guanjian.ingest.lake import Lake
from guanjian.ingest.receipt import Counts
from tests.ingest.conftest import DECLARATIONS

ONE = "A1,2200,import,2025-01-31T23:30:00+08:00,0110,C1,10.5,3\n"
TWO = "A2,2200,import,2025-02-01 09:00,0110,C2,20,\n"


def test_rows_load_with_the_types_of_the_contract(bring, lake, ask):
    receipt = bring("declarations.csv", DECLARATIONS + ONE + TWO)
    assert receipt.tables == {"declarations": Counts(read=2, accepted=2)}
    first, second = ask(lake.select("declarations") + " ORDER BY entry_id")
    assert first["value_cny"] == Decimal("10.5000")
    assert first["packages"] == 3
    assert first["declared_at"] == datetime(2025, 1, 31, 15, 30, tzinfo=UTC)
    assert second["declared_at"] == datetime(2025, 2, 1, 1, 0, tzinfo=UTC), "no zone is Shanghai"
    assert second["packages"] is None
    assert first["agent_id"] is None


def test_files_lie_in_the_month_of_shanghai(bring, lake):
    bring("declarations.csv", DECLARATIONS + ONE + "A3,2200,import,2025-01-31T16:30:00Z,0110,C1,1,\n")
    months = sorted(path.split("/")[-2] for path in lake.files("declarations"))
    assert months == ["month=2025-01", "month=2025-02"]


def test_duckdb_and_arrow_read_the_lake_without_us(bring, lake):
    bring("declarations.csv", DECLARATIONS + ONE + TWO)
    folder = lake.root / "declarations"
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT month, entry_id FROM '{folder}/*/*.parquet' ORDER BY 2").fetchall()
    assert found == [("2025-01", "A1"), ("2025-02", "A2")]
    table = ds.dataset(folder, format="parquet", partitioning="hive").to_table()
    assert sorted(table["entry_id"].to_pylist()) == ["A1", "A2"]
    assert sorted(table["month"].to_pylist()) == ["2025-01", "2025-02"]


def test_a_broken_row_is_set_aside_whole_with_line_column_and_reason(bring, lake, ask):
    receipt = bring("declarations.csv", DECLARATIONS + ONE + "A9,2200,import,2025-02-30,0110,C1,=1+1,x\n" + TWO)
    assert receipt.tables["declarations"] == Counts(read=3, accepted=2, quarantined=1)
    (row,) = ask(lake.quarantine())
    assert (row["table"], row["line"], row["column"], row["reason"]) == ("declarations", 3, "declared_at", "type")
    assert row["file"].endswith("declarations.csv")
    assert '"=1+1"' in row["row"]
    assert '"2025-02-30"' in row["row"]
    assert row["reason_zh"] == "不是ISO 8601 时间"
    assert receipt.set_aside[0]["rows"] == 1


def test_a_line_that_is_no_row_is_set_aside_as_it_stands(bring, lake, ask):
    receipt = bring("declarations.csv", DECLARATIONS + ONE + "A9,too few\n" + TWO)
    assert receipt.tables["declarations"] == Counts(read=3, accepted=2, quarantined=1)
    (row,) = ask(lake.quarantine())
    assert (row["line"], row["reason"], row["row"]) == (3, "fewer", "A9,too few")


def test_importing_the_same_again_adds_nothing(bring, lake, ask):
    text = DECLARATIONS + ONE + TWO + "bad\n"
    bring("declarations.csv", text)
    files = lake.files("declarations")
    again = bring("declarations.csv", text)
    assert again.known
    assert again.tables["declarations"] == Counts(read=3, accepted=0, quarantined=1, duplicates=2)
    assert lake.files("declarations") == files
    assert len(lake.batches()) == 1
    assert len(ask(lake.quarantine())) == 1


def test_the_same_rows_in_another_file_are_duplicates(bring, lake, ask):
    bring("declarations.csv", DECLARATIONS + ONE + TWO)
    again = bring("declarations.again.csv", DECLARATIONS + TWO + ONE)
    assert not again.known
    assert again.tables["declarations"] == Counts(read=2, duplicates=2)
    assert len(ask(lake.select("declarations"))) == 2


def test_equal_content_written_otherwise_is_a_duplicate(bring):
    again = bring("declarations.csv", DECLARATIONS + TWO + "A2,2200,import,2025-02-01T01:00:00Z,0110,C2,20.000,\n")
    assert again.tables["declarations"] == Counts(read=2, accepted=1, duplicates=1)


def test_other_content_is_a_revision_and_both_are_kept(bring, lake, ask):
    bring("declarations.csv", DECLARATIONS + ONE + TWO)
    before = lake.batches()[-1].learned_at
    revised = bring("declarations.new.csv", DECLARATIONS + ONE.replace("10.5", "99"))
    assert revised.tables["declarations"] == Counts(read=1, accepted=1, revisions=1)
    now = {row["entry_id"]: row["value_cny"] for row in ask(lake.select("declarations"))}
    then = {row["entry_id"]: row["value_cny"] for row in ask(lake.select("declarations", before))}
    assert now == {"A1": Decimal(99), "A2": Decimal(20)}
    assert then == {"A1": Decimal("10.5"), "A2": Decimal(20)}
    earlier = before - timedelta(microseconds=1)
    assert ask(lake.select("declarations", earlier)) == []


def test_going_back_to_the_first_content_is_a_revision_too(bring, lake, ask):
    for value in ("10.5", "99", "10.5"):
        bring("declarations.csv", DECLARATIONS + ONE.replace("10.5", value) + f"B{len(lake.batches())}" + TWO[2:])
    assert next(r for r in ask(lake.select("declarations")) if r["entry_id"] == "A1")["value_cny"] == Decimal("10.5")
    assert sum(r["entry_id"] == "A1" for r in ask(f"SELECT * FROM '{lake.root}/declarations/*/*.parquet'")) == 3


def test_a_file_already_imported_does_not_take_a_revision_back(bring, lake, ask, tmp_path):
    bring("declarations.old.csv", DECLARATIONS + ONE)
    bring("declarations.new.csv", DECLARATIONS + ONE.replace("10.5", "99"))
    (tmp_path / "declarations.more.csv").write_text(DECLARATIONS + TWO)
    receipt = ingest([tmp_path / "declarations.old.csv", tmp_path / "declarations.more.csv"], lake)
    assert receipt.tables["declarations"] == Counts(read=2, accepted=1, duplicates=1)
    assert {r["entry_id"]: r["value_cny"] for r in ask(lake.select("declarations"))}["A1"] == Decimal(99)


def test_a_key_twice_in_one_file_is_a_revision_by_the_later_line(bring, lake, ask):
    receipt = bring("declarations.csv", DECLARATIONS + ONE + TWO + ONE.replace("10.5", "7") + ONE.replace("10.5", "7"))
    assert receipt.tables["declarations"] == Counts(read=4, accepted=3, duplicates=1, revisions=1)
    assert {r["entry_id"]: r["value_cny"] for r in ask(lake.select("declarations"))}["A1"] == Decimal(7)


def test_without_a_key_the_whole_row_is_the_key(bring, lake, ask):
    head = "entry_id,container_id\n"
    receipt = bring("containers.csv", head + "A1,X\nA1,Y\nA1,X\n")
    assert receipt.tables["containers"] == Counts(read=3, accepted=2, duplicates=1)
    assert bring("containers.more.csv", head + "A1,Y\nA2,Y\n").tables["containers"] == Counts(2, 1, 0, 1)
    assert len(ask(lake.select("containers"))) == 3


def test_unknown_codes_are_kept_and_reported(bring, lake, ask):
    receipt = bring("declarations.csv", DECLARATIONS + ONE + TWO.replace("0110", "ZZZZ"))
    assert receipt.unknown_codes == {"declarations.trade_mode": {"ZZZZ": 1}}
    assert {row["trade_mode"] for row in ask(lake.select("declarations"))} == {"0110", "ZZZZ"}


def test_foreign_codes_that_name_their_scheme_are_not_unknown(bring):
    assert bring("declarations.csv", DECLARATIONS + ONE.replace("0110", "KR:11")).unknown_codes == {}


def test_a_formula_is_kept_as_the_text_that_it_is(bring, lake, ask):
    bring("declarations.csv", DECLARATIONS + ONE.replace("C1", "\"=cmd|' /C calc'!A0\""))
    assert ask(lake.select("declarations"))[0]["consignee_id"] == "=cmd|' /C calc'!A0"


def test_columns_that_the_contract_does_not_have_are_named_in_the_receipt(bring):
    receipt = bring("declarations.csv", DECLARATIONS.rstrip() + ",colour\n" + ONE.rstrip() + ",red\n")
    assert receipt.ignored_columns == {"declarations.csv": ["colour"]}


def test_a_folder_named_as_a_table_and_what_is_no_table_in_it(lake, tmp_path, ask):
    folder = tmp_path / "out" / "declarations"
    folder.mkdir(parents=True)
    (folder / "part-1.csv").write_text(DECLARATIONS + ONE)
    (folder / "part-2.csv").write_text(DECLARATIONS + TWO)
    (tmp_path / "out" / "truth.json").write_text("{}")
    receipt = ingest([tmp_path / "out"], lake)
    assert receipt.tables == {"declarations": Counts(read=2, accepted=2)}
    assert receipt.skipped_files == [str(tmp_path / "out" / "truth.json")]


def test_one_bad_file_refuses_the_whole_batch(lake, tmp_path):
    (tmp_path / "declarations.csv").write_text(DECLARATIONS + ONE)
    (tmp_path / "items.csv").write_text("nothing,of,ours\n1,2,3\n")
    with pytest.raises(Exception, match="items"):
        ingest([tmp_path / "declarations.csv", tmp_path / "items.csv"], lake)
    assert lake.tables() == []
    assert list((lake.root / "staging").iterdir()) == []


def test_a_lake_opened_before_sees_the_batch_after_refresh(bring, lake):
    other = Lake.open(lake.root)
    bring("declarations.csv", DECLARATIONS + ONE)
    assert other.tables() == []
    other.refresh()
    assert other.tables() == ["declarations"]


def test_mirror_statistics_keep_their_own_month(bring, lake, ask):
    bring("mirror.csv", "partner,hs6,month,value_cny\nKR,847130,2025-03,5\nKR,847130,2025-13,5\n")
    assert ask(lake.select("mirror")) == [
        {"partner": "KR", "hs6": "847130", "month": "2025-03", "value_cny": Decimal(5)}
    ]
    assert ask(lake.quarantine())[0]["reason"] == "pattern"
