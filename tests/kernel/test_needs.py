"""A small table in one field: rows read column by column, and the sentence says which row is wrong."""

import pytest

from guanjian.kernel.errors import BadInput
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Text

ROWS = Need(
    "tasks",
    Text("任务", "Tasks"),
    "rows",
    columns=(Need("unit", Text("单位", "Unit")), Need("by", Text("期限", "By"), "date")),
)


@pytest.mark.parametrize(
    "given",
    ["2201 | 2026-12-01\n\n", "2201｜2026-12-01", [["2201", "2026-12-01"]], [{"unit": "2201", "by": "2026-12-01"}]],
)
def test_rows_are_read_from_lines_and_from_lists(given):
    assert ROWS.read(given) == [{"unit": "2201", "by": "2026-12-01"}]


@pytest.mark.parametrize(
    ("given", "says"),
    [("2201", "第1行应有2栏"), ("2201|2026-12-01\n2202", "第2行"), ("2201|soon", "期限"), ("|2026-12-01", "请填写“单位”"), ("", "请填写“任务”")],
)  # fmt: skip
def test_a_wrong_row_is_named(given, says):
    with pytest.raises(BadInput, match=says):
        ROWS.read(given)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("2026-11-21T09:30", "2026-11-21T09:30:00+08:00"),
        ("2026-11-21 09:30:05.5", "2026-11-21T09:30:05.500000+08:00"),
        ("2026-11-21T01:30:00.000Z", "2026-11-21T01:30:00+00:00"),
    ],
)
def test_a_moment_without_a_zone_is_of_beijing(raw, kept):
    assert Need("at", Text("时间", "At"), "moment").read(raw) == kept


def test_a_moment_that_is_none_is_refused():
    with pytest.raises(BadInput, match="时间"):
        Need("at", Text("时间", "At"), "moment").read("soon")


def test_a_row_of_named_cells_is_read_by_its_names_whatever_their_order():
    assert ROWS.read([{"by": "2026-12-01", "unit": "2201"}]) == ROWS.read("2201|2026-12-01")


@pytest.mark.parametrize("raw", ["-1", "2147483648", "９" * 30, "1.5", "x"])
def test_a_number_fits_every_database(raw):
    with pytest.raises(BadInput, match=r"份数.*最大2147483647"):
        Need("count", Text("份数", "Copies"), "number").read(raw)


def test_a_number_is_read_as_digits():
    assert Need("count", Text("份数", "Copies"), "number").read("２１") == "21"
