"""The nodes: coded by the contract, looked at by signals, and their four flags measured from drawn facts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from guanjian.cli import guanjian
from guanjian.customs import TABLES
from guanjian.customs.codes import codes
from guanjian.engine.session import Session
from guanjian.signals.catalogue import indicator_catalogue
from guanjian.signals.example import drawn
from guanjian.signals.nodes import catalogue, coverage
from guanjian.signals.nodes.page import page

DOCS = Path(__file__).resolve().parents[3] / "docs" / "nodes.md"
SIGNALS = catalogue.signals()
WORLD = """
units: unit_code level kind district_code
2201 house customs 2200
3101 house customs 3100
declarations: entry_id unit_code released_at
a1 2201 2026-03-03T09:00
a2 2201 2026-03-03T09:00
a3 3101 -
examinations: exam_id entry_id mode officer1 started_at
x1 a1 A 甲 2026-03-02T09:00
x2 a2 A 甲 2026-03-02T09:00
events: event_id object_type object_id activity officer_id unit_code system at received_at
e1 entry a1 accept - 2201 system 2026-03-01T09:00 2026-03-01T09:00
e2 entry a2 accept - 2201 system 2026-03-01T09:00 2026-03-01T09:00
e3 entry a1 examine 甲 2201 semi 2026-03-02T09:00 2026-03-02T09:05
e4 entry a1 release - 2201 system 2026-03-03T09:00 2026-03-03T09:00
e5 entry a2 release 甲 2201 manual 2026-03-03T09:00 2026-03-05T09:00
e6 entry a3 release 甲 3101 system 2026-03-03T09:00 2026-03-03T09:00
"""


def _measured(text: str = WORLD) -> pd.DataFrame:
    with Session.over(drawn(text)) as session:
        return coverage.coverage(session)


def _counts(found: pd.DataFrame, node: str, district: str = "2200") -> dict[str, int]:
    row = found[(found["node_code"] == node) & (found["district_code"] == district)].iloc[0]
    return {name: int(row[name]) for name in ("objects", *coverage.FLAGS, "four")}


def test_nodes_are_coded_as_the_contract_says_and_told_in_both_languages():
    assert {"risk", "measure", "step"} < set(TABLES["nodes"].names)
    for node in catalogue.nodes().values():
        assert node.line in codes("lines")
        for text in (node.title, node.risk, node.measure):
            assert text.zh.strip()
            assert text.en.strip()
        for column in TABLES["nodes"].columns:
            if column.codes and column.name in node.facts:
                assert node.facts[column.name] in codes(column.codes), (node.code, column.name)
        assert node.facts["supervisor"]


def test_every_node_of_an_indicator_is_in_the_catalogue():
    assert catalogue.without_node(indicator_catalogue().values()) == []


def test_a_signal_whose_node_nobody_declared_is_listed():
    lost = replace(indicator_catalogue()["I-EXM-02"], node="nowhere")
    assert catalogue.without_node([lost]) == [lost]


def test_every_node_is_looked_at_and_one_that_is_not_is_listed(monkeypatch):
    assert catalogue.without_signal() == []
    monkeypatch.setattr(catalogue, "signals", lambda: [s for s in SIGNALS if s.node != "sample"])
    assert [node.code for node in catalogue.without_signal()] == ["sample"]


def test_a_step_that_the_facts_call_for_and_nobody_recorded_is_not_in_the_system():
    assert _counts(_measured(), "examine") == {
        "objects": 2, "in_system": 1, "supervisable": 1, "leaves_trace": 1, "traceable": 1, "four": 1,
    }  # fmt: skip


def test_a_step_off_the_system_and_received_late_has_neither_flag_but_can_be_traced_back():
    assert _counts(_measured(), "release") == {
        "objects": 2, "in_system": 1, "supervisable": 1, "leaves_trace": 1, "traceable": 2, "four": 1,
    }  # fmt: skip


def test_an_entry_that_was_never_accepted_cannot_be_traced_back():
    found = _measured()
    assert _counts(found, "release", "3100")["traceable"] == 0
    assert _counts(found, "accept", "3100") == dict.fromkeys(("objects", *coverage.FLAGS, "four"), 0) | {"objects": 1}


def test_without_a_signal_that_can_be_computed_nothing_is_supervisable(monkeypatch):
    monkeypatch.setattr(coverage, "looking_at", lambda code: [])
    found = _counts(_measured(), "release")
    assert (found["in_system"], found["supervisable"], found["four"]) == (1, 0, 0)


@pytest.mark.parametrize(
    ("facts", "node", "expected"),
    [
        ("field_jobs: job_id kind unit_code officers checked_in_at checked_out_at photos\n"
         "j1 boarding 2201 甲,乙 2026-01-05T09:00 2026-01-05T10:00 2\n"
         "j2 boarding 2201 甲,乙 2026-01-05T09:00 2026-01-05T10:00 0\nj3 boarding 2201 甲,乙 - - -",
         "check_out", (2, 2, 2, 1, 2, 1)),
        ("cases: case_id kind unit_code filed_at\nc1 administrative 2201 2026-01-05T09:00\n"
         "penalties: case_id decided_at officers legal_review_by\nc1 2026-01-06T09:00 甲,乙 -",
         "legal_review", (1, 0, 0, 0, 1, 0)),
        ("problems: problem_id source unit_code line_code node_code due_on\n"
         "p1 audit 2201 CLR-EXAM examine 2026-02-01\np2 audit 2201 CLR-EXAM - 2026-02-01",
         "rectify", (2, 2, 2, 2, 1, 1)),
        ("decisions: decision_id kind unit_code proposer decider executor supervisor\n"
         "d1 procurement 2201 甲 乙 丙 丁", "procure", (1, 1, 1, 1, 1, 1)),
    ],
)  # fmt: skip
def test_steps_are_measured_from_their_own_tables_too(facts, node, expected):
    assert tuple(_counts(_measured(facts), node).values()) == expected


def test_a_step_that_left_an_event_is_not_counted_twice():
    both = (
        "field_jobs: job_id kind unit_code officers checked_in_at\nj1 boarding 2201 甲,乙 2026-01-05T09:00\n"
        "events: event_id object_type object_id activity officer_id unit_code system at received_at\n"
        "e1 field_job j1 check_in 甲 2201 system 2026-01-05T09:00 2026-01-05T09:00"
    )
    assert _counts(_measured(both), "check_in")["objects"] == 1


def test_shares_and_coverage_are_summed_by_line_and_district():
    found = _measured()
    release = coverage.shares(found, ["node_code"]).set_index("node_code").loc["release"]
    assert (release["objects"], release["traceable"]) == (3, pytest.approx(2 / 3))
    districts = coverage.covered(found, ["district_code"]).set_index("district_code")
    assert tuple(districts.loc["2200", ["nodes", "full"]]) == (3, 1)
    assert tuple(districts.loc["3100", ["nodes", "full"]]) == (2, 0)


def test_nodes_without_a_fact_are_told_and_nothing_is_measured_in_nothing():
    assert "refund" in {node.code for node in coverage.unmeasured(_measured())}
    with Session() as session:
        empty = coverage.coverage(session)
    assert empty.empty
    assert len(coverage.unmeasured(empty)) == len(catalogue.nodes())


def test_the_command_tells_the_flags_and_what_is_missing_and_writes_the_counts(tmp_path):
    for name, table in drawn(WORLD).items():
        (tmp_path / "in" / name).mkdir(parents=True)
        pq.write_table(table, tmp_path / "in" / name / "part-00000.parquet")
    lake, out = str(tmp_path / "lake"), tmp_path / "nodes.csv"
    assert CliRunner().invoke(guanjian, ["ingest", str(tmp_path / "in"), "--lake", lake]).exit_code == 0
    told = CliRunner().invoke(guanjian, ["nodes", "--lake", lake, "--out", str(out)], catch_exceptions=False)
    assert told.exit_code == 0
    assert "nodes without a signal" in told.output
    assert "2200 1/3" in told.output
    assert out.read_text(encoding="utf-8-sig").splitlines()[0] == ",".join(coverage.COLUMNS)


def test_the_page_is_current():
    assert DOCS.read_text(encoding="utf-8") == page(), "run `python -m guanjian.signals.nodes.page`"
    assert all(f"| {code} |" in page() for code in catalogue.nodes())
