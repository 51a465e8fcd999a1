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
    rules = {str(i): Rule("apart", {"steps": [one["a"], one["b"]]}) for i, one in enumerate(wanted)}
    run = asked(shared(f"data/eventlogs/{log}.parquet"), rules)
    assert [t.breached for t in run.tallies] == [one["violating_cases"] for one in wanted]


@pytest.mark.parametrize("log", LOGS)
def test_late_cases_and_cases_without_an_end_are_counted_apart(shared, log):
    wanted = expected(shared, log, "time_limit")
    rules = {}
    for i, one in enumerate(wanted):
        rules[f"limit{i}"] = Rule(
            "time_limit", {"a": one["from"], "b": one["to"], "amount": one["limit_s"], "unit": "s"}
        )
        rules[f"open{i}"] = Rule("responded_existence", {"a": one["from"], "b": one["to"]})
    run = asked(shared(f"data/eventlogs/{log}.parquet"), rules)
    for i, one in enumerate(wanted):
        late = run.connection.execute(
            "SELECT count(*) FROM log_results WHERE control = ? AND contains(why, 'late')", [f"limit{i}"]
        ).fetchall()[0][0]
        open_cases = next(t.breached for t in run.tallies if t.code == f"open{i}")
        assert (late, open_cases) == (one["first_to_first_late_cases"], one["from_without_to_cases"])
