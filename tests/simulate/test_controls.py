"""Every deterministic control names exactly the objects that truth.json names, and says nothing where it owes nothing."""

import pytest

from guanjian.ingest.importing import ingest
from guanjian.ingest.lake import Lake
from guanjian.simulate import run
from tests.speed.deterministic import OWED, compare


@pytest.mark.slow
def test_controls_and_truth_agree_object_by_object(tmp_path):
    run("everything", 30_000, 5, tmp_path / "facts")
    lake = Lake.open(tmp_path / "lake", create=True)
    ingest([tmp_path / "facts"], lake)
    told = compare(lake, tmp_path / "facts" / "truth.json")
    assert {one.code: (one.recall, one.precision) for one in told} == {one.code: (1.0, 1.0) for one in told}
    tried = {one.code for one in told if one.true}
    assert tried <= set(OWED)
    assert len(tried) >= 15
