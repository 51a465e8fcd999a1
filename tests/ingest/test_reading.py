"""Every value that can be given, and what it is read as: nothing is guessed, nothing is rounded away unsaid."""

from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guanjian.customs.table import columns
from guanjian.ingest import reading
from guanjian.ingest.importing import ingest
from guanjian.ingest.receipt import Counts

TEXTS = [
    ("int", "7", 7),
    ("int", " 7 ", 7),
    ("int", "7.0", 7),
    ("int", "1e3", 1000),
    ("int", "7.5", None),
    ("int", "1_000", None),
    ("int", "0x10", None),
    ("int", "1,000", None),
    ("int", "9223372036854775808", None),
    ("decimal", "99999999999999.9999", Decimal("99999999999999.9999")),
    ("decimal", "100000000000000", None),
    ("decimal", "0.30000000000000004", Decimal("0.3")),
    ("decimal", "1.23456", None),
    ("decimal", "-1.5e2", Decimal(-150)),
    ("decimal", "nan", None),
    ("decimal", "1_0", None),
    ("decimal", "￥5", None),
    ("float", "1e-300", 1e-300),
    ("float", "inf", None),
    ("float", "nan", None),
    ("float", "1_0", None),
    ("bool", "TRUE", True),
    ("bool", "0", False),
    ("bool", "是", True),
    ("bool", "maybe", None),
    ("ts", "2025-01-01", "2025-01-01 00:00:00+08"),
    ("ts", "2025-01-01T10:00:00Z", "2025-01-01 18:00:00+08"),
    ("ts", "2025-01-01 10:00:00.25+09:00", "2025-01-01 09:00:00.25+08"),
    ("ts", "20250101T100000", "2025-01-01 10:00:00+08"),
    ("ts", "2025/1/2 3:04", "2025-01-02 03:04:00+08"),
    ("ts", "2025-02-30", None),
    ("ts", "infinity", None),
    ("ts", "epoch", None),
    ("ts", "yesterday", None),
    ("date", "2025-01-31", date(2025, 1, 31)),
    ("date", "2025-01-31 00:00:00", date(2025, 1, 31)),
    ("date", "20250131", date(2025, 1, 31)),
    ("date", "2025-01-31 10:00", None),
    ("date", "2025-02-30", None),
    ("date", "today", None),
    ("json", '{"a": 1}', '{"a": 1}'),
    ("json", "{a", None),
    ("list", '["a","b, c"]', ["a", "b, c"]),
    ("list", "a; b|c", ["a", "b", "c"]),
    ("list", "['a']", ["a"]),
    ("list", "[]", []),
    ("text", " kept as it is ", " kept as it is "),
    ("text", "  ", None),
]


@pytest.mark.parametrize(("kind", "text", "value"), TEXTS)
def test_a_text_is_read_as_its_type_or_not_at_all(kind, text, value):
    (column,) = columns(f"c {kind}")
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'Asia/Shanghai'")
        expression = reading.value(column, "r", "VARCHAR")
        if kind == "ts":
            expression = f"CAST({expression} AS VARCHAR)"
        assert connection.execute(f"SELECT {expression} FROM (SELECT ? AS r)", [text]).fetchone() == (value,)


PARQUET = [
    ("item_no", pa.array([1.0]), 1),
    ("item_no", pa.array([1.5]), None),
    ("item_no", pa.array([7], pa.uint8()), 7),
    ("entry_id", pa.array([20250001]), "20250001"),
    ("entry_id", pa.array([20250001.0]), "20250001"),
    ("value_cny", pa.array([1.23456789]), Decimal("1.2346")),  # a double has no exact digits to lose
    ("value_cny", pa.array([Decimal("1.23456")]), None),  # a decimal has
    ("value_cny", pa.array([Decimal("1.230000")]), Decimal("1.23")),
    ("value_cny", pa.array([10**15]), None),
    ("value_cny", pa.array([float("nan")]), None),
    ("tax_rate", pa.array([float("nan")]), "nothing"),
    ("currency", pa.array([None]), "nothing"),
    ("currency", pa.array([""]), "nothing"),
    ("goods_name", pa.array(["x"]).dictionary_encode(), "x"),
]


@pytest.mark.parametrize(("column", "given", "value"), PARQUET, ids=lambda each: str(each)[:30])
def test_a_parquet_value_is_read_by_the_type_that_it_has(column, given, value, lake, tmp_path, ask):
    row = {"entry_id": ["A"], "item_no": [1], "hs_code": ["123456"], "value_cny": [1]}
    table = pa.table({name: pa.array(cells) for name, cells in row.items()} | {column: given})
    pq.write_table(table, tmp_path / "items.parquet")
    receipt = ingest([tmp_path / "items.parquet"], lake)
    if value is None:
        assert receipt.tables["items"] == Counts(read=1, quarantined=1)
        assert ask(lake.quarantine())[0]["column"] == column
    else:
        assert ask(lake.select("items"))[0][column] == (None if value == "nothing" else value)


def test_parquet_times_without_zone_are_shanghai_and_others_are_kept(lake, tmp_path, ask):
    moments = pa.array([1735689600_000_000], pa.timestamp("us"))
    zoned = pa.array([1735689600_000_000_000], pa.timestamp("ns", tz="Asia/Tokyo"))
    table = pa.table(
        {"unit_code": ["2200"], "post": ["release"], "starts_at": moments, "ends_at": zoned, "officer_id": ["g"]}
    )
    pq.write_table(table, tmp_path / "rosters.parquet")
    ingest([tmp_path / "rosters.parquet"], lake)
    (row,) = ask(lake.select("rosters"))
    assert row["starts_at"].isoformat() == "2024-12-31T16:00:00+00:00"
    assert row["ends_at"].isoformat() == "2025-01-01T00:00:00+00:00"


def test_a_value_outside_its_range_or_pattern_is_set_aside(bring, lake, ask):
    head = "entry_id,decided_at,unit_code,lane,selected,propensity\n"
    text = head + "A1,2025-01-01,2200,random,true,1\nA2,2025-01-01,2200,random,true,1.01\n"
    assert bring("selections.csv", text).tables["selections"] == Counts(2, 1, 1)
    text = "entry_id,item_no,hs_code,value_cny\nA,1,12345,1\nA,2,123456,1\nA,3,12345678901,1\n"
    assert bring("items.csv", text).tables["items"] == Counts(3, 1, 2)
    reasons = ask(lake.quarantine() + " ORDER BY 2, 4")
    assert [(r["column"], r["reason"]) for r in reasons] == [
        ("hs_code", "pattern"),
        ("hs_code", "pattern"),
        ("propensity", "range"),
    ]


def test_a_row_set_aside_from_parquet_keeps_every_digit(lake, tmp_path, ask):
    odd = {
        "entry_id": pa.array([None], pa.string()),
        "item_no": [1],
        "hs_code": pa.array([b"123456"]),
        "value_cny": pa.array([Decimal("12345678901234567890.123456789")]),
        "extra": pa.array([[{"a": 1.5}]]),
        "moment": pa.array([1735689600_000_000_001], pa.timestamp("ns", tz="UTC")),
    }
    pq.write_table(pa.table(odd), tmp_path / "items.parquet")
    assert ingest([tmp_path / "items.parquet"], lake).tables["items"] == Counts(1, 0, 1)
    (row,) = ask(lake.quarantine())
    for part in ('"12345678901234567890.123456789"', '"123456"', "1.5", "2025-01-01"):
        assert part in row["row"]
