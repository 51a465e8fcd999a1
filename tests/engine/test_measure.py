"""Measuring together: one scan for equal readings, sections at their house, and what it all reads."""

from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from guanjian.cli import guanjian
from guanjian.engine.measure import SCHEMA, measure
from guanjian.engine.reading import columns_read, reading
from guanjian.engine.session import Session
from guanjian.engine.share import scans
from guanjian.engine.tables import declarations, events
from guanjian.kernel.errors import BadInput
from guanjian.signals.catalogue import indicator_catalogue
from guanjian.signals.example import drawn
from tests.engine.imported import imported

CATALOGUE = indicator_catalogue()
WORLD = """
units: unit_code name level parent_code kind
2200 关区 district 0000 customs
2201 海关 house 2200 customs
2201-01 科 section 2201 customs
22P0 缉私局 section 2200 police
22P0-01 侦查科 section 22P0 police
2200-01 风险科 section 2200 customs
events: event_id object_type object_id activity officer_id unit_code system at
e1 entry a1 release 甲 2201-01 system 2026-03-02T09:00
e2 entry a2 release - 2201 manual 2026-03-03T09:00
e3 entry a3 release - - system 2026-03-03T09:00
"""
WEIGHTS = {"events": {"at": 10, "unit_code": 20, "activity": 40, "system": 80, "event_id": 500}, "units": {}}


def _steps(*codes: str):
    return [CATALOGUE[code] for code in codes]


def test_the_work_of_a_section_is_counted_at_its_house_and_work_without_a_unit_nowhere():
    with Session.over(drawn(WORLD)) as session:
        rows = measure(session, _steps("I-CLR-03")).table.to_pylist()
    assert [(row["unit_code"], row["cases"], row["exposure"], row["value"]) for row in rows] == [
        ("2201", 1.0, 2.0, 0.5)
    ]


def test_a_bureau_counts_for_itself_and_a_section_of_a_district_for_the_district():
    moved = WORLD.replace("2201-01 system", "22P0-01 system").replace("2201 manual", "2200-01 manual")
    with Session.over(drawn(moved)) as session:
        rows = measure(session, _steps("I-GOV-06")).table.to_pylist()
    assert [(row["unit_code"], row["cases"]) for row in rows] == [("2200", 1.0), ("22P0", 0.0)]


def test_a_value_without_exposure_is_empty_and_keeps_its_cases():
    world = drawn(WORLD.replace("a1 release", "a1 override"))
    with Session.over(world) as session:
        (row,) = measure(session, _steps("I-SEL-07")).table.to_pylist()
    assert (row["cases"], row["exposure"], row["value"]) == (1.0, 0.0, None)


def test_the_value_of_a_count_is_the_count():
    with Session.over(drawn(CATALOGUE["I-CAS-13"].example.split("=>")[0])) as session:
        (row,) = measure(session, _steps("I-CAS-13")).table.to_pylist()
    assert (row["cases"], row["exposure"], row["value"]) == (2.0, 0.0, 2.0)


def test_progress_is_told_scan_by_scan():
    told: list[tuple[int, int, str]] = []
    with Session.over(drawn(WORLD)) as session:
        measure(session, _steps("I-CLR-03", "I-CLR-08"), progress=lambda *step: told.append(step))
    assert told[-3:] == [(0, 2, "I-CLR-03"), (1, 2, "I-CLR-08"), (2, 2, "")]


def test_indicators_of_the_same_facts_share_one_scan_and_answer_as_alone():
    wanted = _steps("I-CLR-03", "I-GOV-06", "I-CLR-08")
    with Session.over(drawn(WORLD)) as session:
        together = measure(session, wanted)
        alone = [measure(session, [one]).table for one in wanted]
    assert [report.scan.codes for report in together.scans] == [("I-CLR-03", "I-GOV-06"), ("I-CLR-08",)]
    found = together.table.to_pylist()
    assert sorted(found, key=str) == sorted((row for table in alone for row in table.to_pylist()), key=str)


def test_an_expression_that_is_no_aggregate_of_cases_and_exposure_is_refused():
    with pytest.raises(TypeError, match="cases and exposure"):
        scans({"I-X": declarations.select("entry_id")})


def test_a_parameter_changes_what_is_counted():
    world = drawn(CATALOGUE["I-CLR-02"].example.split("=>")[0])
    with Session.over(world) as session:
        table = measure(session, [CATALOGUE["I-CLR-02"]], {"I-CLR-02": {"hours": 71}}).table
    assert table["cases"].to_pylist() == [2.0]


def test_only_the_columns_that_a_query_needs_are_read():
    joined = events.inner_join(declarations, [events.object_id == declarations.entry_id])
    with Session() as session:
        sql = session.sql(joined.group_by(declarations.unit_code).agg(n=(events.activity == "release").sum()))
    assert set(columns_read(sql)) == {
        ("events", "object_id"),
        ("events", "activity"),
        ("declarations", "entry_id"),
        ("declarations", "unit_code"),
    }


def test_reading_is_weighed_together_and_alone():
    with Session.over(drawn(WORLD)) as session:
        run = measure(session, _steps("I-GOV-06", "I-SEL-07"))
        cost = reading(session, run.asked, WEIGHTS)
    assert (cost.alone, cost.together, cost.lake) == (110 + 70, 150, 650)
    assert cost.saving == pytest.approx(180 / 150)
    assert cost.of_the_lake == pytest.approx(150 / 650)


def test_a_table_that_is_made_once_is_weighed_once():
    weights = {"examinations": {"entry_id": 100}, "declarations": {"entry_id": 1000}}
    with Session.over(drawn(CATALOGUE["I-EXM-02"].example.split("=>")[0])) as session:
        run = measure(session, _steps("I-EXM-02", "I-EXM-07"))
        cost = reading(session, run.asked, weights)
    assert (cost.alone, cost.together) == (2200, 1100)


@pytest.fixture
def lake(tmp_path):
    return imported(WORLD, tmp_path)


def _measure(lake, *options: str):
    return CliRunner().invoke(guanjian, ["measure", "--lake", str(lake), *options], catch_exceptions=False)


def test_the_command_writes_the_table_and_its_record_and_tells_what_it_read(lake, tmp_path):
    told = _measure(lake, "--out", str(tmp_path / "m.parquet"))
    assert told.exit_code == 0
    table = pq.read_table(tmp_path / "m.parquet")
    assert table.schema.equals(SCHEMA)
    assert "I-CLR-03" in table["indicator_code"].to_pylist()
    record = json.loads((tmp_path / "m.run.json").read_text(encoding="utf-8"))
    assert record["bytes"]["alone"] > record["bytes"]["together"] > 0
    assert record["parameters"]["I-CLR-02"] == {"hours": 72}
    assert len(record["lake"]["batches"]) == 1
    assert "saving" in told.output
    assert "I-EXM-02: 不可判定" in told.output


def test_the_command_takes_a_choice_and_parameters_and_writes_csv(lake, tmp_path):
    out = tmp_path / "m.csv"
    told = _measure(lake, "--only", "i-gov-06,I-GOV-07", "--param", "I-GOV-07.hours=1", "--out", str(out))
    assert told.exit_code == 0
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == ",".join(SCHEMA.names)
    assert {line.split(",")[0] for line in lines[1:]} == {"I-GOV-06"}


def test_the_command_writes_scorecards_and_what_they_are_made_of(lake, tmp_path):
    out = tmp_path / "s.csv"
    assert _measure(lake, "--out", str(tmp_path / "m.csv"), "--scores", str(out)).exit_code == 0
    assert out.read_text(encoding="utf-8-sig").startswith("unit_code,peers,scorecard_code,score")
    assert (
        (tmp_path / "s.parts.csv")
        .read_text(encoding="utf-8-sig")
        .startswith("unit_code,peers,scorecard_code,indicator")
    )


@pytest.mark.parametrize(
    "options",
    [("--out", "m.xlsx"), ("--out", "m.csv", "--only", "I-NO-01"), ("--out", "m.csv", "--param", "I-CLR-02.h=1")],
)
def test_what_cannot_be_done_is_refused_at_once(lake, options):
    with pytest.raises(BadInput):
        _measure(lake, *options)


def test_the_list_shows_every_indicator_and_parameter_without_a_lake():
    told = CliRunner().invoke(guanjian, ["measure", "--list"])
    assert told.exit_code == 0
    assert all(code in told.output for code in CATALOGUE)
    assert "I-CLR-02.hours=72" in told.output
