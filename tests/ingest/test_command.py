"""The command line: what an operator types and reads."""

import json

import pytest
from click.testing import CliRunner

from guanjian.cli.ingest import command
from guanjian.ingest.lake import Lake
from guanjian.ingest.mapping import load
from guanjian.ingest.samples import KCS2022, TRAFFIC_FINES
from guanjian.kernel.errors import BadInput
from tests.ingest.conftest import DECLARATIONS
from tests.ingest.test_importing import ONE, TWO


@pytest.fixture
def run(tmp_path):
    """The command on a lake beside the test's files."""

    def typed(*words):
        return CliRunner().invoke(command, [*map(str, words), "--lake", str(tmp_path / "lake")], catch_exceptions=False)

    return typed


def test_the_receipt_as_a_table_adds_up(run, tmp_path):
    (tmp_path / "mine.csv").write_text(DECLARATIONS + ONE + ONE + TWO.replace("0110", "ZZ") + "bad\n")
    shown = run(tmp_path / "mine.csv", "--table", "declarations").output
    assert "declarations               4           2           1           1           0" in shown
    assert "declarations.trade_mode: ZZ (1)" in shown
    assert "fewer fields than the header" in shown
    assert "mine.csv:5" in shown


def test_the_receipt_as_json_is_all_of_it(run, tmp_path):
    (tmp_path / "declarations.csv").write_text(DECLARATIONS + ONE + "bad\n")
    receipt = json.loads(run(tmp_path / "declarations.csv", "--json").stdout)
    counts = receipt["tables"]["declarations"]
    assert counts == {"read": 2, "accepted": 1, "quarantined": 1, "duplicates": 0, "revisions": 0}
    assert receipt["known"] is False
    assert receipt["batch"] == Lake.open(tmp_path / "lake").batches()[0].batch
    assert json.loads(run(tmp_path / "declarations.csv", "--json").stdout)["known"] is True


def test_a_table_and_a_mapping_cannot_both_be_named(run, tmp_path):
    (tmp_path / "x.csv").write_text("a\n")
    with pytest.raises(BadInput, match="只能用一个"):
        run(tmp_path / "x.csv", "--table", "items", "--mapping", "kcs2022")


def test_the_samples_load_whole(run, tmp_path, ask):
    korean = json.loads(run(*KCS2022, "--mapping", "kcs2022", "--json").stdout)
    assert {name: counts["accepted"] for name, counts in korean["tables"].items()} == {
        "declarations": 54_000,
        "items": 54_000,
        "examinations": 54_000,
    }
    fines = json.loads(run(TRAFFIC_FINES, "--mapping", "eventlog", "--json").stdout)
    assert fines["tables"]["events"]["accepted"] == 34_724
    lake = Lake.open(tmp_path / "lake")
    (found,) = ask(f"SELECT sum(CAST(finding AS INT)) AS finds FROM ({lake.select('examinations')})")
    assert found["finds"] == 8114 + 1704 + 1835
    assert load("kcs2022").zone == "Asia/Seoul"
