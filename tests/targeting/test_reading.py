"""Any table with a mapping is read; what cannot be read is said."""

import numpy as np
import pytest

from guanjian.kernel.errors import BadInput
from guanjian.targeting import mapping, reading

TABLE = """id,when,goods,party,price,hit,money
1,2026-01-05,850110,甲,100.5,1,12
2,2026-01-06,8501,乙,,0,
3,2026-01-07T10:00:00+09:00,950300,,7,,
"""
MAPPING = """
columns:
  entry_id: id
  at: when
  hs_code: {from: goods, pad: 6}
  consignee_id: party
  value_cny: {from: price, times: 2}
  colour: {constant: red}
result: {found: hit, evaded_cny: money, known_after_days: 3}
settings: {half_life_days: 90, crosses: [[hs6, colour]]}
"""


@pytest.fixture
def files(tmp_path):
    def write(table=TABLE, said=MAPPING):
        (tmp_path / "t.csv").write_text(table, encoding="utf-8")
        (tmp_path / "m.yaml").write_text(said, encoding="utf-8")
        return tmp_path / "t.csv", mapping.load(tmp_path / "m.yaml")

    return write


def test_a_table_is_read_through_its_mapping(files):
    rows = reading.from_file(*files())
    assert rows.text["entry_id"].tolist() == ["1", "2", "3"]
    assert rows.text["hs_code"].tolist() == ["850110", "008501", "950300"]
    assert rows.text["colour"].tolist() == ["red"] * 3
    assert rows.number["value_cny"].tolist()[::2] == [201.0, 14.0]
    assert np.isnan(rows.number["value_cny"][1])
    assert rows.examined.tolist() == [True, True, False]
    assert rows.evaded[0] == 12
    assert (rows.known - rows.at).tolist() == [3 * 86_400] * 3
    assert rows.at[2] == 1_767_747_600
    assert rows.key["consignee_id"][2] == 0


def test_the_settings_of_a_mapping_are_those_of_the_training(files):
    said = files()[1].settings
    assert said.half_life_days == 90
    assert said.crosses == (("hs6", "colour"),)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("2026-01-06", "sometime"), "at × 1"),
        (("100.5", "dear"), "value_cny × 1"),
        (("5,1,12", "5,perhaps,12"), "found × 1"),
        (("id,when", "id,then"), "没有这些列"),
    ],
)
def test_what_cannot_be_read_is_said(files, change, told):
    with pytest.raises(BadInput, match=told):
        reading.from_file(*files(TABLE.replace(*change)))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("entry_id: id", "entry_no: id"), "缺少列"),
        (("pad: 6", "padding: 6"), "不认识"),
        (("[hs6, colour]", "[hs6, color]"), "不认识"),
        (("found: hit", "find: hit"), "不认识"),
        (("columns:", "column:"), "columns"),
    ],
)
def test_a_wrong_mapping_is_refused_with_what_is_wrong(files, change, told):
    with pytest.raises(BadInput, match=told):
        files(said=MAPPING.replace(*change))


def test_a_mapping_that_is_not_there_names_the_shipped_ones():
    with pytest.raises(BadInput, match="kcs2022"):
        mapping.load("nowhere.yaml")
