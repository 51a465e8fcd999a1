"""The 58 DECLARE counts of real logs, with the standard meaning on finite traces."""

import json

import pytest

from guanjian.engine.controls.rule import Rule
from tests.known_answers.event_logs import asked

LOGS = ("receipt", "purchasing_example", "traffic_fines", "bpic2013_incidents")
VARIANTS = {"receipt": 116, "purchasing_example": 121, "traffic_fines": 44, "bpic2013_incidents": 1511}
OURS = {
    "exactly_one": "exactly",
    "altresponse": "alternate_response",
    "altprecedence": "alternate_precedence",
    "chainresponse": "chain_response",
    "chainprecedence": "chain_precedence",
    "noncoexistence": "not_coexistence",
    "nonsuccession": "not_succession",
    "altsuccession": "alternate_succession",
    "chainsuccession": "chain_succession",
    "nonchainsuccession": "not_chain_succession",
}


def declared(one: dict) -> Rule:
    """A constraint of the reference as a rule of ours."""
    args = one["args"]
    return Rule(
        OURS.get(one["template"], one["template"]),
        {"a": args} if isinstance(args, str) else dict(zip("ab", args, strict=True)),
    )


@pytest.mark.parametrize("log", LOGS)
def test_every_count_of_the_reference_is_reproduced(shared, log):
    whole = json.loads(shared("data/eventlogs/expected.json").read_text())["logs"][log]
    expected = whole["declare"]
    run = asked(shared(f"data/eventlogs/{log}.parquet"), {str(i): declared(one) for i, one in enumerate(expected)})
    assert [t.breached for t in run.tallies] == [one["violating_cases"] for one in expected]
    assert run.variants == VARIANTS[log]
    same = [str(i) for i, one in enumerate(expected) if one["violating_cases"] == one["pm4py_violating_cases"]]
    odd = run.connection.execute(
        "SELECT count(DISTINCT object_id) FROM log_results WHERE control IN (SELECT unnest(?))", [same]
    ).fetchall()[0][0]
    assert run.log.objects - odd == whole["declare_fit_cases_pm4py"]  # where both read a constraint alike


def test_the_reference_has_fifty_eight_counts(shared):
    logs = json.loads(shared("data/eventlogs/expected.json").read_text())["logs"]
    assert sum(len(logs[log]["declare"]) for log in LOGS) == 58


def test_a_breach_shows_the_events_that_break_the_rule(shared):
    rule = Rule("not_succession", {"a": "Completed", "b": "Accepted"})
    run = asked(shared("data/eventlogs/bpic2013_incidents.parquet"), {"again": rule})
    rows = run.connection.execute(
        "SELECT r.object_id, count(DISTINCT l.event_id), len(r.evidence), bool_and(l.a IN ('Completed', 'Accepted')) "
        "FROM log_results r JOIN log l ON list_contains(r.evidence, CAST(l.event_id AS varchar)) GROUP BY ALL"
    ).fetchall()
    assert len(rows) == 512
    assert all(found == listed and right for _, found, listed, right in rows)
