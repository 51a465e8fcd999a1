"""`guanjian conform` from the command line: files in, breaches and tallies out, bad input in one sentence."""

import csv
import json

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from guanjian.cli.conform import command
from guanjian.kernel.errors import GuanjianError
from guanjian.signals.controls.catalogue import catalogue
from tests.signals.controls.worlds import asked, beside, found

LOG = """case_id,activity,ts,resource,amount
c1,examine,2026-03-02 09:00:00,g1,
c1,release,2026-03-02 10:00:00,g1,
c2,examine,2026-03-02 09:00:00,g1,
c2,release,2026-03-02 10:00:00,g2,
=c3,examine,2026-03-02 09:00:00,,
=c3,release,2026-03-02 09:30:00,g2,900
c4,release,2026-03-02 09:30:00,g2,70
"""
CONTROLS = """
- {code: SEP, title: [分离, Apart], rule: apart, with: {steps: [examine, release]}}
- {code: SEQ, title: 先查后放, rule: precedence, with: {a: examine, b: release}}
- {code: AMT, title: 金额, rule: at_most, with: {a: release, field: amount, limit: 100}}
- {code: DEV, title: 补录, rule: back_dated, with: {a: examine}}
"""
WANTED = {("SEP", "c1"): ["0", "1"], ("SEQ", "c4"): ["6"], ("AMT", "=c3"): ["5"]}


@pytest.fixture
def place(tmp_path):
    (tmp_path / "log.csv").write_text(LOG)
    (tmp_path / "ours.yaml").write_text(CONTROLS, encoding="utf-8")
    return tmp_path


def conform(*arguments):
    return CliRunner().invoke(command, [str(a) for a in arguments])


def test_a_csv_log_gives_breaches_with_their_events_and_the_tally(place):
    done = conform(
        "--log", place / "log.csv", "--controls", place / "ours.yaml", "--out", place / "b.parquet", "--profile", 6
    )
    assert done.exit_code == 0, done.output
    rows = pq.read_table(place / "b.parquet").to_pylist()
    assert {(r["control"], r["object_id"]): r["evidence"] for r in rows if r["result"] == "breach"} == WANTED
    assert {(r["control"], r["object_id"], r["field"]) for r in rows if r["result"] == "untestable"} == {
        ("SEP", "=c3", "who"), ("AMT", "c1", "amount"), ("AMT", "c2", "amount"),
    }  # fmt: skip
    kept = json.loads((place / "b.run.json").read_text())
    assert (kept["events"], kept["objects"], kept["profile"]["pairs"]) == (7, 4, 1)
    tallies = {one["code"]: one for one in kept["controls"]}
    assert tallies["DEV"]["missing"] == ["received_at"]
    assert (tallies["DEV"]["passed"], tallies["DEV"]["untestable"]) == (0, 4)
    assert all(word in done.output for word in ("SEP", "breach", "not testable", "7 events"))


def test_what_a_spreadsheet_would_compute_is_only_text_in_csv(place):
    conform("--log", place / "log.csv", "--controls", place / "ours.yaml", "--out", place / "b.csv")
    with (place / "b.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {row["object_id"] for row in rows} == {"c1", "c2", "c4", "'=c3"}
    assert json.loads(next(r for r in rows if r["control"] == "SEP" and r["result"] == "breach")["evidence"]) == [
        "0",
        "1",
    ]


def test_json_lines_and_one_control_only(place):
    done = conform(
        "--log", place / "log.csv", "--controls", place / "ours.yaml", "--only", "SEQ", "--out", place / "b.json"
    )
    assert done.exit_code == 0, done.output
    assert [json.loads(line)["object_id"] for line in (place / "b.json").read_text().splitlines()] == ["c4"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--log", "log.csv", "--out", "b.csv"], "--controls"),
        (["--controls", "ours.yaml", "--out", "b.csv"], "--log and --lake"),
        (["--log", "log.csv", "--controls", "ours.yaml"], "--out"),
        (["--log", "log.csv", "--controls", "ours.yaml", "--out", "b.docx"], "b.docx"),
        (["--log", "none.csv", "--controls", "ours.yaml", "--out", "b.csv"], "none.csv"),
        (["--log", "ours.yaml", "--controls", "ours.yaml", "--out", "b.csv"], ".xes"),
        (["--log", "log.csv", "--controls", "ours.yaml", "--only", "XX", "--out", "b.csv"], "XX"),
        (["--log", "log.csv", "--controls", "ours.yaml", "--case", "cas_id", "--out", "b.csv"], "case_id"),
        (["--log", "log.csv", "--controls", "ours.yaml", "--at", "amount", "--out", "b.csv"], "time"),
        (["--log", "log.csv", "--controls", "ours.yaml", "--table", "limits.csv", "--out", "b.csv"], "NAME=FILE"),
        (["--log", "log.csv", "--controls", "ours.yaml", "--table", "limits=log.csv", "--out", "b.csv"], "authorities"),
        (["--log", "log.csv", "--controls", "ours.yaml", "--holidays", "log.csv", "--out", "b.csv"], "day,kind"),
    ],
)
def test_bad_input_is_one_sentence_that_says_what_to_do(place, monkeypatch, arguments, told):
    monkeypatch.chdir(place)
    done = conform(*arguments)
    assert isinstance(done.exception, GuanjianError), done.output
    assert told in done.exception.text.en
    assert not (place / "b.csv").exists()


def test_help_teaches_and_templates_are_listed():
    assert "rule: apart" in conform("--help").output
    shown = conform("--templates").output
    assert "response(a, b)" in shown
    assert "time_limit(a, b, amount, unit, each=False)" in shown


def test_an_ocel_log_is_asked_as_any_other(shared, tmp_path):
    (tmp_path / "ours.yaml").write_text("- {code: P, rule: existence, with: {a: load}}")
    log = shared("data/eventlogs/ocel2_pallet_logistics_v0.9.sqlite")
    done = conform("--log", log, "--controls", tmp_path / "ours.yaml", "--out", tmp_path / "b.csv")
    assert done.exit_code == 0, done.output
    kept = json.loads((tmp_path / "b.run.json").read_text())
    assert (kept["events"], kept["objects"]) == (29, 11)


def test_an_xes_log_is_asked_as_any_other(tmp_path):
    event = '<event><string key="concept:name" value="{}"/><string key="org:resource" value="g1"/><date key="time:timestamp" value="2026-03-02T0{}:00:00+08:00"/></event>'
    trace = (
        '<trace><string key="concept:name" value="c1"/>'
        + event.format("examine", 8)
        + event.format("release", 9)
        + "</trace>"
    )
    (tmp_path / "log.xes").write_text(f'<?xml version="1.0"?><log>{trace}</log>')
    (tmp_path / "ours.yaml").write_text("- {code: S, rule: apart, with: {steps: [examine, release]}}")
    done = conform("--log", tmp_path / "log.xes", "--controls", tmp_path / "ours.yaml", "--out", tmp_path / "b.json")
    assert done.exit_code == 0, done.output
    assert json.loads((tmp_path / "b.json").read_text())["first_at"].startswith("2026-03-02 08:00")


def test_a_lake_is_asked_the_whole_catalogue_and_answers_as_the_tables_do(tmp_path):
    from guanjian.cli import guanjian

    tables = beside()
    for name, table in tables.items():
        (tmp_path / "facts" / name).mkdir(parents=True)
        pq.write_table(table, tmp_path / "facts" / name / "part-00000.parquet")
    loaded = CliRunner().invoke(guanjian, ["ingest", str(tmp_path / "facts"), "--lake", str(tmp_path / "lake")])
    assert loaded.exit_code == 0, loaded.output
    done = conform("--lake", tmp_path / "lake", "--out", tmp_path / "b.parquet")
    assert done.exit_code == 0, done.output
    with asked(catalogue().values(), tables) as (_, connection):
        wanted = {(code, name) for code, objects in found(connection).items() for name in objects}
    rows = pq.read_table(tmp_path / "b.parquet").to_pylist()
    assert {(row["control"], row["object_id"]) for row in rows if row["result"] == "breach"} == wanted
    assert len({code for code, _ in wanted}) == len(catalogue())
