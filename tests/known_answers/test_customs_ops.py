"""The planted violations of the synthetic customs log: each found, nothing else accused."""

import pyarrow.parquet as pq
import pytest

from guanjian.engine.controls.rule import Rule
from tests.known_answers.event_logs import asked

FOLDER = "data/eventlogs/customs_ops_synth"
PLANTED = {
    "instruction_not_executed": (Rule("response", {"a": "RISK_INSTRUCTION", "b": "INSPECT_PERFORM"}), 15),
    "skip_review": (Rule("responded_existence", {"a": "INSPECT_PERFORM", "b": "INSPECT_REVIEW"}), 20),
    "release_before_review": (Rule("not_response", {"a": "RELEASE", "b": "INSPECT_REVIEW"}), 9),
    "double_release": (Rule("repeated", {"a": "RELEASE"}), 11),
    "repeat_inspect": (Rule("repeated", {"a": "INSPECT_PERFORM"}), 28),
    "self_review_inspect": (Rule("apart", {"steps": ["INSPECT_PERFORM", "INSPECT_REVIEW"]}), 18),
    "self_approve_refund": (Rule("apart", {"steps": ["REFUND_REVIEW", "REFUND_APPROVE"]}), 5),
    "late_release": (Rule("time_limit", {"a": "TAX_COLLECT", "b": "RELEASE", "amount": 72, "unit": "h"}), 58),
    "over_authority_refund": (Rule("authority", {"a": "REFUND_APPROVE"}), 11),
}
FURTHER = {
    "untaxed_release": (Rule("precedence", {"a": "TAX_COLLECT", "b": "RELEASE"}), 0),
    "two_in_the_morning": (Rule("off_hours", {"a": "RELEASE", "start": 3, "end": 2}), 40),
}


@pytest.fixture
def run(shared):
    rules = {name: rule for name, (rule, _) in (PLANTED | FURTHER).items()}
    side = {"authorities": shared(f"{FOLDER}_auth.parquet")}
    return asked(shared(f"{FOLDER}.parquet"), rules, utc=True, system="-1", side=side)


def test_every_count_is_the_documented_one(run):
    assert {t.code: t.breached for t in run.tallies} == {name: n for name, (_, n) in (PLANTED | FURTHER).items()}
    assert (run.log.events, run.log.objects, run.variants) == (100_849, 20_000, 38)


def test_exactly_the_planted_cases_are_accused(shared, run):
    truth = pq.read_table(shared(f"{FOLDER}_truth.parquet")).to_pylist()
    for name in PLANTED:
        planted = {str(row["case_id"]) for row in truth if row["violation"] == name}
        found = run.connection.execute("SELECT object_id FROM log_results WHERE control = ?", [name]).fetchall()
        assert {o for (o,) in found} == planted, name


def test_the_planted_night_releases_are_among_those_at_two(shared, run):
    truth = pq.read_table(shared(f"{FOLDER}_truth.parquet")).to_pylist()
    planted = {str(row["case_id"]) for row in truth if row["violation"] == "after_hours_release"}
    found = run.connection.execute("SELECT object_id FROM log_results WHERE control = 'two_in_the_morning'").fetchall()
    assert len(planted) == 37
    assert planted <= {o for (o,) in found}
