"""The weekly job: resumable, recorded, and any past judgement can be made again; the command on a real lake."""

import json
import os
import signal
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from guanjian.cli import guanjian
from guanjian.kernel.errors import BadInput, NotFound
from guanjian.risk import weekly
from guanjian.risk.cell import Controls
from guanjian.risk.gather import Gathered
from guanjian.risk.inputs import keep, load, write
from guanjian.risk.telling import Wording
from guanjian.risk.weekly import Desk, again, read, run
from tests.risk.worlds import CODES, LEAVES, RULES, A, panel, places, raised, weeks


def gathered() -> Gathered:
    """Thirty weeks, the last four with a risk, as a measured table."""
    given = raised(panel(30, 5.0), [A], [2], 26, 5.0)
    week, leaf, unit = (part.ravel() for part in np.indices(given.cases.shape))
    table = pd.DataFrame(
        {
            "indicator_code": [LEAVES[i][1] for i in leaf],
            "unit_code": [CODES[i] for i in unit],
            "line_code": [LEAVES[i][0] for i in leaf],
            "week": [given.weeks[i] for i in week],
            "cases": given.cases.ravel(),
            "exposure": given.exposure.ravel(),
        }
    )
    return Gathered(table, places(), Wording(), Controls(), None)


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path / "judged", gathered(), RULES, ("batch-1",))


LAST = weeks(30)[-1]


def papers(desk):
    """Every paper's content by its name."""
    return {path.name: path.read_text() for path in desk.folder.glob("*-W??.json")}


def test_missing_weeks_are_judged_first_and_told(desk):
    said = []
    paper = run(desk, LAST, 5, lambda done, total, week: said.append((done, total, week)))
    assert [week for _, _, week in said] == [*weeks(30)[24:], LAST]
    assert said[-1][:2] == (6, 6)
    assert [risk.unit_codes for risk in paper.risks] == [("0400",)]
    assert len(papers(desk)) == 6


def test_a_job_that_was_stopped_goes_on_to_the_same_papers(desk, tmp_path):
    whole = replace(desk, folder=tmp_path / "whole")
    run(whole, LAST, 4)

    def stopped(done, total, week):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(desk, LAST, 4, stopped)
    assert len(papers(desk)) == 2
    run(desk, LAST, 4)
    assert papers(desk) == papers(whole)


def test_a_job_that_was_killed_between_two_writes_goes_on_to_the_same_papers(desk, tmp_path):
    """SIGKILL, which nothing can catch, when the second week's memory is written and its paper is not yet."""
    whole = replace(desk, folder=tmp_path / "whole")
    run(whole, LAST, 3)
    child = os.fork()
    if child == 0:
        weekly.write = lambda path, text: os.kill(os.getpid(), signal.SIGKILL) if path == second else write(path, text)
        second = desk.paper(weeks(30)[27])
        run(desk, LAST, 3)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert len(papers(desk)) == 1
    assert desk.kept(weeks(30)[27]).exists()
    run(desk, LAST, 3)
    assert papers(desk) == papers(whole)
    assert all(again(desk.record(week))[1] for week in weeks(30)[26:])


def test_a_week_without_its_record_is_judged_again(desk):
    run(desk, LAST, 2)
    before = papers(desk)
    desk.record(LAST).unlink()
    desk.paper(LAST).write_text("half")
    run(desk, LAST, 2)
    assert papers(desk) == before


def test_a_judged_week_is_not_judged_twice(desk):
    run(desk, LAST, 1)
    written = desk.record(LAST).stat().st_mtime_ns
    run(desk, LAST, 1)
    assert desk.record(LAST).stat().st_mtime_ns == written


def test_the_record_names_all_that_it_follows_from(desk):
    run(desk, LAST, 1)
    record = json.loads(desk.record(LAST).read_text())
    assert record["rules"]["seed"] == RULES.seed
    assert record["lake"]["batches"] == ["batch-1"]
    assert (desk.folder / record["input"] / "measured.parquet").exists()
    assert {"chain", "memory", "versions", "paper_sha256"} <= set(record)


def test_a_past_judgement_is_made_again_to_the_byte(desk):
    run(desk, LAST, 3)
    for week in weeks(30)[26:]:
        paper, same = again(desk.record(week))
        assert same, week
        assert paper == read(desk.paper(week))


def test_an_altered_memory_is_noticed(desk):
    run(desk, LAST, 2)
    memory = desk.kept(weeks(30)[-2])
    memory.write_text(memory.read_text().replace("R-", "S-"))
    with pytest.raises(BadInput, match="改动"):
        again(desk.record(LAST))


def test_another_paper_is_not_the_same(desk):
    run(desk, LAST, 1)
    record = json.loads(desk.record(LAST).read_text())
    desk.record(LAST).write_text(json.dumps(record | {"paper_sha256": "0" * 64}))
    assert again(desk.record(LAST))[1] is False


def test_too_little_history_is_refused_in_one_sentence(desk):
    with pytest.raises(BadInput, match="历史太短"):
        run(desk, weeks(30)[5])


def test_what_is_not_there_is_said(desk, tmp_path):
    with pytest.raises(NotFound):
        read(desk.paper("2030-W01"))
    with pytest.raises(NotFound):
        load(tmp_path / "input-0")


def test_the_input_is_kept_once_and_comes_back_as_it_was(tmp_path):
    given = replace(gathered(), shared=np.eye(8) / 3)
    first, second = keep(given, tmp_path), keep(given, tmp_path)
    assert first == second
    back = load(tmp_path / first)
    pd.testing.assert_frame_equal(back.table, given.table)
    assert back.places.codes == given.places.codes
    np.testing.assert_array_equal(back.shared, given.shared)


@pytest.fixture
def lake(tmp_path):
    """Twenty-four weeks of problems in four houses of two districts, with a burst in one of them at the end."""
    rng, rows = np.random.default_rng(4), []
    houses = ["2201", "2202", "2301", "2302"]
    for week in range(24):
        for house in houses:
            many = rng.poisson(4) * (4 if house == "2202" and week >= 20 else 1)
            day = np.datetime64("2025-06-02") + np.timedelta64(7 * week, "D")
            rows += [(house, str(day), line) for line in ("CLR-EXAM", "TAX-VALUE") for _ in range(many)]
    problems = [f"p{i},audit,{house},{line},{day},low" for i, (house, day, line) in enumerate(rows)]
    units = [f"{code},{code},house,{code[:2]}00,customs,coastal,{110 + i},30" for i, code in enumerate(houses)]
    source = tmp_path / "in"
    for name, head, lines in (
        ("problems", "problem_id,source,unit_code,line_code,found_on,severity", problems),
        ("units", "unit_code,name,level,district_code,kind,peer_group,lon,lat", units),
    ):
        (source / name).mkdir(parents=True)
        (source / name / "part.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    told = CliRunner().invoke(guanjian, ["ingest", str(source), "--lake", str(tmp_path / "lake")])
    assert told.exit_code == 0, told.output
    return tmp_path / "lake"


def test_the_command_judges_a_lake_and_makes_the_judgement_again(lake, tmp_path):
    asked = ["judge", "--lake", str(lake), "--week", "2025-W46", "--out", str(tmp_path / "w.json"), "--run-in", "1"]
    told = CliRunner().invoke(guanjian, [*asked, "--replicates", "39"], catch_exceptions=False)
    assert told.exit_code == 0, told.output
    paper = read(tmp_path / "w.json")
    assert any("2202" in risk.unit_codes for risk in paper.risks), told.output
    short = next(row for row in paper.volumes if row["not_detectable"])
    assert f"{short['needed']:.0f}起" in told.output
    assert "Not detectable at this volume" in told.output
    record = tmp_path / "lake-judgements" / "2025-W46.run.json"
    second = CliRunner().invoke(guanjian, ["judge", "--again", str(record)], catch_exceptions=False)
    assert second.exit_code == 0, second.output
    assert "the same as then" in second.output


def test_the_command_asks_for_what_it_needs():
    with pytest.raises(BadInput, match="--lake"):
        CliRunner().invoke(guanjian, ["judge"], catch_exceptions=False)
