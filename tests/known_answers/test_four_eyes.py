"""Four eyes and time limits on real logs: all pairs of steps of a case, not only the last."""

import json

import pytest

from guanjian.engine.controls.rule import Rule
from tests.known_answers.event_logs import asked

LOGS = ("receipt", "purchasing_example", "traffic_fines", "bpic2013_incidents")


def expected(shared, log: str, kind: str) -> list[dict]:
    return json.loads(shared("data/eventlogs/expected.json").read_text())["logs"][log][kind]


@pytest.mark.parametrize("log", LOGS)
def test_one_person_under_two_steps_is_found_wherever_the_steps_stand(shared, log):
    wanted = expected(shared, log, "four_eyes")
    rules = {}
    for i, one in enumerate(wanted):
        rules[f"hand{i}"] = Rule("apart", {"steps": [one["a"], one["b"]]})
        rules[f"both{i}"] = Rule("not_coexistence", {"a": one["a"], "b": one["b"]})  # its breaches: cases with both
    found = [t.breached for t in asked(shared(f"data/eventlogs/{log}.parquet"), rules).tallies]
    assert found[::2] == [one["violating_cases"] for one in wanted]
    assert found[1::2] == [one["cases_with_both"] for one in wanted]


@pytest.mark.parametrize("log", LOGS)
def test_late_cases_and_cases_without_an_end_are_counted_apart(shared, log):
    wanted = expected(shared, log, "time_limit")
    rules = {}
    for i, one in enumerate(wanted):
        rules[f"limit{i}"] = Rule(
            "time_limit", {"a": one["from"], "b": one["to"], "amount": one["limit_s"], "unit": "s"}
        )
        rules[f"open{i}"] = Rule("responded_existence", {"a": one["from"], "b": one["to"]})
        rules[f"from{i}"] = Rule("absence", {"a": one["from"]})  # its breaches: cases that have it
    run = asked(shared(f"data/eventlogs/{log}.parquet"), rules)
    for i, one in enumerate(wanted):
        late = run.connection.execute(
            "SELECT count(*) FROM log_results WHERE control = ? AND contains(why, 'late')", [f"limit{i}"]
        ).fetchall()[0][0]
        found = {t.code: t.breached for t in run.tallies}
        assert (late, found[f"open{i}"]) == (one["first_to_first_late_cases"], one["from_without_to_cases"])
        assert found[f"from{i}"] == one["cases_with_from"]
