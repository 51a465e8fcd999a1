"""`guanjian detect` from a folder of files to findings: the whole way, as an operator types it."""

from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from guanjian.cli import guanjian
from guanjian.kernel.errors import BadInput
from guanjian.signals.catalogue import catalogue
from tests.engine.imported import imported


@pytest.fixture
def lake(tmp_path):
    return imported(catalogue()["INT-01"].example, tmp_path)


def _detect(lake, *options: str):
    return CliRunner().invoke(guanjian, ["detect", "--lake", str(lake), *options], catch_exceptions=False)


def test_it_writes_findings_and_the_record_and_prints_counts_and_seconds(lake, tmp_path):
    out = tmp_path / "found.parquet"
    told = _detect(lake, "--out", str(out))
    assert told.exit_code == 0
    rows = pq.read_table(out).to_pylist()
    assert [(row["code"], row["subject_id"]) for row in rows] == [("INT-01", "甲")]
    record = json.loads((tmp_path / "found.run.json").read_text(encoding="utf-8"))
    assert len(record["lake"]["batches"]) == 1
    assert {each["code"] for each in record["detectors"]} == set(catalogue())
    assert "1 findings" in told.output
    assert "INT-01" in told.output


def test_only_some_detectors_with_other_parameters(lake, tmp_path):
    out = tmp_path / "found.json"
    told = _detect(lake, "--out", str(out), "--only", "INT-01,CLR-01", "--param", "INT-01.cut=2")
    assert told.exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8")) == []


def test_as_of_a_day_before_the_import_nothing_is_known(lake, tmp_path):
    out = tmp_path / "found.csv"
    assert _detect(lake, "--out", str(out), "--as-of", "2020-01-01").exit_code == 0
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 1


def test_a_suffix_that_cannot_be_written_is_refused_at_once(lake, tmp_path):
    with pytest.raises(BadInput, match="后缀"):
        _detect(lake, "--out", str(tmp_path / "found.xlsx"))


def test_the_list_shows_every_detector_and_parameter_without_a_lake():
    told = CliRunner().invoke(guanjian, ["detect", "--list"])
    assert told.exit_code == 0
    assert all(code in told.output for code in catalogue())
    assert "INT-02.min_expected=5.0" in told.output
