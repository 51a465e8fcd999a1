"""The whole catalogue in one plan: every signal answers as it does alone, and the plan says what it saved."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from guanjian.cli import guanjian
from guanjian.engine.measure import measure
from guanjian.engine.reading import Reading
from guanjian.engine.run import Rules, detect
from guanjian.engine.session import Session
from guanjian.kernel.workdays import Calendar
from guanjian.signals.catalogue import catalogue, indicator_catalogue
from guanjian.signals.controls.asking import ask_lake
from guanjian.signals.controls.catalogue import catalogue as control_catalogue
from guanjian.signals.whole import Plan, whole
from tests.engine.imported import imported
from tests.signals.worlds import build, tables

pytestmark = pytest.mark.slow  # each of some hundred and fifty signals in a session of its own

RULES = Rules(fdr=1.0, over="family")
PLAN = Plan(list(catalogue().values()), Calendar(), RULES)
BREACHES = "SELECT * EXCLUDE evidence, list_sort(evidence) FROM log_results WHERE control = ? ORDER BY ALL"


class NoFiles:
    """A lake without files: nothing to weigh."""

    def files(self, table, as_of=None):
        return []


@pytest.fixture(scope="module")
def world():
    return tables(build(random.Random(7), 60))


@pytest.fixture(scope="module")
def together(world):
    told: list[str] = []
    with Session.over(world) as session:
        done = whole(session, NoFiles(), PLAN, told.append)
        found = {code: session.connection.execute(BREACHES, [code]).fetchall() for code in control_catalogue()}
    return done, found, told


def _plain(findings):
    return [replace(finding, run_id="") for finding in findings]


def test_every_detector_finds_together_what_it_finds_alone(world, together):
    done = together[0]
    for one in catalogue().values():
        with Session.over(world) as session:
            alone = detect(session, [one], rules=RULES).findings
        assert _plain(alone) == _plain(f for f in done.run.findings if f.code == one.code), one.code
    assert len({finding.code for finding in done.run.findings}) > 6


def test_every_indicator_measures_together_what_it_measures_alone(world, together):
    rows = together[0].measured.table.to_pylist()
    for one in indicator_catalogue().values():
        with Session.over(world) as session:
            alone = measure(session, [one]).table.to_pylist()
        assert alone == [row for row in rows if row["indicator_code"] == one.code], one.code
    assert len({row["indicator_code"] for row in rows}) > 20


def test_every_control_breaks_together_where_it_breaks_alone(world, together):
    done, found, _ = together
    tallies = {tally.code: tally for tally in done.answer.tallies}
    for one in control_catalogue().values():
        with Session.over(world) as session:
            (alone,) = ask_lake(session.connection, [one], Calendar()).tallies
            rows = session.connection.execute(BREACHES, [one.code]).fetchall()
        same = tallies[one.code]
        assert (alone.objects, alone.breached, alone.untestable) == (same.objects, same.breached, same.untestable)
        assert rows == found[one.code], one.code
    assert sum(map(bool, found.values())) > 5


def test_every_signal_is_a_step_of_the_plan_and_told_once(together):
    done, _, told = together
    codes = [code for step in done.steps for code in step.codes]
    assert {*catalogue(), *control_catalogue()} <= set(codes)
    assert len(told) == len(set(told)) <= PLAN.size
    slowest = [step.cpu_seconds for step in done.slowest()]
    assert slowest == sorted(slowest, reverse=True)
    assert len(slowest) == 10


def test_parts_of_a_run_add_up_over_the_same_lake():
    assert Reading(10, 40, 100) + Reading(20, 80, 100) == Reading(30, 120, 100)


def test_the_command_writes_all_results_and_says_what_it_saved(tmp_path):
    lake = imported(catalogue()["INT-01"].example, tmp_path)
    out = tmp_path / "out"
    told = CliRunner().invoke(guanjian, ["catalogue", "--lake", str(lake), "--out", str(out)], catch_exceptions=False)
    assert told.exit_code == 0
    assert [row["code"] for row in pq.read_table(out / "findings.parquet").to_pylist()] == ["INT-01"]
    assert (out / "indicators.parquet").exists()
    assert (out / "controls.parquet").exists()
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    read = plan["bytes"]
    assert read["all"]["together"] == sum(read[part]["together"] for part in ("detectors", "indicators", "controls"))
    assert read["all"]["alone"] > read["all"]["together"] > 0
    assert "slowest ten" in told.output
    assert "saving" in told.output
