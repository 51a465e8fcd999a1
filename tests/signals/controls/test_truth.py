"""On a simulated administration the controls name exactly the entries that truth.json names."""

import json

import pytest
from click.testing import CliRunner

from guanjian.cli import guanjian
from guanjian.engine.session import Session
from guanjian.ingest.lake import Lake
from guanjian.kernel.workdays import Calendar
from guanjian.signals.controls.asking import ask_lake
from guanjian.signals.controls.catalogue import catalogue

BREACHES = {"incompatible_posts": "C-SEP-01", "downgraded_examination": "C-EXM-02", "two_person_breach": "C-EXM-01"}


def ran(*arguments):
    done = CliRunner().invoke(guanjian, [str(a) for a in arguments])
    assert done.exit_code == 0, done.output


@pytest.mark.slow
def test_every_breach_is_named_and_nobody_else(tmp_path):
    ran(
        "simulate",
        "--scenario",
        "everything",
        "--declarations",
        20000,
        "--seed",
        11,
        "--quiet",
        "--out",
        tmp_path / "facts",
    )
    ran("ingest", tmp_path / "facts", "--lake", tmp_path / "lake")
    truth = json.loads((tmp_path / "facts" / "truth.json").read_text())
    with Session(Lake.open(tmp_path / "lake")) as session:
        ask_lake(session.connection, [catalogue()[code] for code in BREACHES.values()], Calendar())
        rows = session.connection.execute(
            "SELECT r.control, coalesce(x.entry_id, r.object_id) FROM log_results r "
            "LEFT JOIN examinations x ON x.exam_id = r.object_id WHERE r.result = 'breach'"
        ).fetchall()
    for kind, code in BREACHES.items():
        told = [one for one in truth["planted"] + truth["arisen"] if one["kind"] == kind]
        wanted = {entry for one in told for entry in one["entries"]}
        assert {entry for control, entry in rows if control == code} == wanted, kind
        assert wanted or kind == "two_person_breach"
