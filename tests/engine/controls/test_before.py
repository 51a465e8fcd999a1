"""Before the step: a rule that the step would break for good says so; one that can still be kept does not."""

from datetime import datetime

import duckdb
import pyarrow as pa
import pytest

from guanjian.engine.controls.before import would_break
from guanjian.engine.controls.rule import Rule
from guanjian.engine.controls.side import lay
from tests.engine.controls.asked import SIDE, event

DAY = "2026-03-02T"


def trace(*activities):
    return [event(name, f"{DAY}09:{i:02d}", f"g{i}") for i, name in enumerate(activities)]


@pytest.mark.parametrize(
    ("rule", "so_far", "step", "broken"),
    [
        (Rule("precedence", {"a": "examine", "b": "release"}), ["accept"], "release", True),
        (Rule("precedence", {"a": "examine", "b": "release"}), ["examine"], "release", False),
        (Rule("response", {"a": "hit", "b": "examine"}), ["accept"], "hit", False),
        (Rule("alternate_response", {"a": "hit", "b": "examine"}), ["hit"], "hit", True),
        (Rule("chain_response", {"a": "hit", "b": "examine"}), ["hit"], "lift", True),
        (Rule("chain_response", {"a": "hit", "b": "examine"}), ["hit"], "examine", False),
        (Rule("absence", {"a": "pay", "times": 2}), ["pay"], "pay", True),
        (Rule("existence", {"a": "pay", "times": 3}), ["accept"], "release", False),
        (Rule("exactly", {"a": "pay", "times": 2}), ["pay", "pay"], "pay", True),
        (Rule("init", {"a": "accept"}), [], "release", True),
        (Rule("last", {"a": "close"}), ["accept"], "release", False),
        (Rule("not_response", {"a": "release", "b": "examine"}), ["release"], "examine", True),
        (Rule("not_response", {"a": "release", "b": "examine"}), ["release", "examine"], "examine", False),
        (Rule("skipped", {"steps": ["accept", "examine", "release"]}), ["accept"], "release", False),
        (Rule("reordered", {"steps": ["accept", "examine", "release"]}), ["release"], "examine", True),
        (Rule("exclusive_choice", {"a": "fine", "b": "spare"}), ["fine"], "spare", True),
    ],
)
def test_control_flow_is_judged_by_what_can_still_happen(rule, so_far, step, broken):
    found = would_break({"r": rule}, trace(*so_far), event(step, f"{DAY}10:00", "g9"))
    assert ("r" in found) is broken


def test_the_one_who_examined_may_not_release():
    rule = {"SEP": Rule("apart", {"steps": ["examine", "release"]})}
    done = [event("examine", f"{DAY}09:00", "g1")]
    assert would_break(rule, done, event("release", f"{DAY}10:00", "g1")) == {"SEP": "same_person"}
    assert would_break(rule, done, event("release", f"{DAY}10:00", "g2")) == {}


def test_an_amount_above_the_limit_is_refused_with_the_reason():
    own = duckdb.connect()
    own.register("grants", pa.Table.from_pylist([{"holder": "g1", "limit_cny": 50000.0}], SIDE["authorities"]))
    lay(own, "authorities", "SELECT * FROM grants")
    rule = {"TAX": Rule("authority", {"a": "approve"})}
    asked = event("approve", f"{DAY}10:00", "g1", amount=60000.0)
    assert would_break(rule, [], asked, connection=own) == {"TAX": "over_limit"}
    assert would_break(rule, [], asked | {"amount": 50000.0}, connection=own) == {}
    assert would_break(rule, [], asked | {"officer_id": "g2"}, connection=own) == {"TAX": "no_authority"}


def test_a_step_after_the_limit_is_late():
    rule = {"CLU": Rule("time_limit", {"a": "approve", "b": "transfer", "amount": 24, "unit": "h"})}
    done = [event("approve", datetime(2026, 3, 2, 9), "g1")]
    assert would_break(rule, done, event("transfer", datetime(2026, 3, 3, 10), "g2")) == {"CLU": "late"}
    assert would_break(rule, done, event("transfer", datetime(2026, 3, 3, 9), "g2")) == {}
