"""What the bench of targeting prints is what was measured, and results of other code do not stand beside it."""

import pytest

from tests.speed.bench_targeting import together
from tests.speed.kept import Kept, state_of
from tests.speed.targeting_table import share, tell


def result(yielded):
    """A strategy that finds this part of every week of an oracle's hundred."""
    return {
        "yields": [100.0 * yielded] * 60,
        "oracle": [100.0] * 60,
        "there": [10.0, 20.0, 30.0, 0.0, 40.0],
        "taken": [10.0 * yielded, 0.0, 30.0, 0.0, 0.0],
        "cpu_s": 1.0,
    }


def test_the_lead_is_told_seed_by_seed_with_its_interval(capsys):
    tell({"hybrid": [result(0.5), result(0.5)], "exploitation": [result(0.4), result(0.8)]}, (40, 60))
    told = capsys.readouterr().out
    assert "weeks 41–60: hybrid − exploitation: -0.100 ± 2.541, ahead in 1 of 2 seeds" in told
    assert "bar late ÷ early ≥ 0.9: kept (seed by seed 1.00–1.00)" in told


def test_kinds_are_told_as_parts_of_all_that_was_evaded_and_of_themselves(capsys):
    tell({"hybrid": [result(0.5)]}, (40, 60))
    *_, there, taken = capsys.readouterr().out.splitlines()
    assert there.split()[-5:] == ["0.100", "0.200", "0.300", "0.000", "0.400"]
    assert taken.split()[-5:] == ["0.500", "0.000", "1.000", "0.000", "0.000"]


def test_a_share_is_of_the_oracles_yield_in_those_weeks_alone():
    told = result(0.5) | {"yields": [0.0] * 40 + [100.0] * 20}
    assert share(told, (10, 30)) == 0
    assert share(told, (30, 50)) == pytest.approx(0.5)


def test_the_worlds_of_a_seed_stand_together_and_a_rich_one_does_not_outweigh():
    rich = {name: [10 * each for each in values] for name, values in result(0.2).items() if name != "cpu_s"}
    both = together([rich | {"cpu_s": 3.0}, result(0.5)])
    assert share(both, (0, 60)) == pytest.approx(0.35)
    assert both["taken"] == pytest.approx([0.035, 0, 0.3, 0, 0])
    assert both["cpu_s"] == 2.0


def test_the_state_of_code_changes_with_any_of_its_files_and_results_are_kept_by_name(tmp_path):
    files = [tmp_path / "one.py", tmp_path / "two.py"]
    for file in files:
        file.write_text("a = 1\n")
    before = state_of(files)
    kept = Kept(tmp_path / "bench" / "told.json")
    kept.keep(f"hybrid/{before}", 1)
    assert state_of(files) == before
    files[1].write_text("a = 2\n")
    assert state_of(files) != before
    kept.keep(f"hybrid/{state_of(files)}", 2)
    assert sorted(kept.all().values()) == [1, 2]
