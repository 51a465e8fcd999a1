"""Findings on paper: twelve columns, three formats, no formula for a spreadsheet, and back again."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from guanjian.engine.paper import COLUMNS, check, harmless, read, write
from guanjian.engine.run import Run
from guanjian.kernel.errors import BadInput
from guanjian.kernel.papers import Finding, Level, Subject

FINDING = Finding(
    code="VAL-01",
    unit_code="2201",
    line_code="valuation",
    subject_type=Subject.ENTERPRISE,
    subject_id="=HYPERLINK(1)",
    period="2026-03",
    score=4.5,
    p_value=0.001,
    q_value=0.01,
    level=Level.ORANGE,
    explanation="单价低",
    evidence={"observed": 1.0, "rows": ["e1"]},
    run_id="r1",
)
RUN = Run("r1", [FINDING], [], {"run_id": "r1"})


def test_parquet_comes_back_as_the_same_findings(tmp_path):
    paths = write(RUN, tmp_path / "f.parquet")
    assert read(paths[0]) == [FINDING]
    assert pq.read_schema(paths[0]).names == list(COLUMNS)
    assert json.loads(paths[1].read_text(encoding="utf-8")) == {"run_id": "r1"}


def test_a_csv_cell_cannot_be_a_formula(tmp_path):
    path = tmp_path / "f.csv"
    write(RUN, path)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert list(rows[0]) == list(COLUMNS)
    assert rows[0]["subject_id"] == "'=HYPERLINK(1)"
    assert float(rows[0]["score"]) == 4.5
    assert [harmless(value) for value in ("+1", "-1", "@a", -1.5, "a=1")] == ["'+1", "'-1", "'@a", -1.5, "a=1"]


def test_json_holds_the_evidence_as_json(tmp_path):
    path = tmp_path / "f.json"
    write(RUN, path)
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert rows[0]["evidence"] == {"observed": 1.0, "rows": ["e1"]}
    assert list(rows[0]) == list(COLUMNS)


def test_no_findings_still_make_a_paper_of_the_right_shape(tmp_path):
    path = tmp_path / "f.parquet"
    write(Run("r2", [], [], {}), path)
    assert read(path) == []
    assert pq.read_table(path).column_names == list(COLUMNS)


def test_another_suffix_is_refused_before_the_work():
    with pytest.raises(BadInput, match="parquet"):
        check(Path("f.xlsx"))
