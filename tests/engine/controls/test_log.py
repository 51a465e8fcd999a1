"""A log is arranged whatever its order and column names, and what cannot be read is said in one sentence."""

import duckdb
import pytest

from guanjian.engine.controls.log import arrange
from guanjian.engine.controls.rule import Rule
from guanjian.engine.controls.run import Run
from guanjian.engine.controls.source import recognise
from guanjian.kernel.errors import BadInput


def rows(*values: str) -> str:
    return "SELECT * FROM (VALUES " + ", ".join(f"({value})" for value in values) + ")"


def test_usual_names_are_recognised_and_given_ones_win():
    own = duckdb.connect()
    sql = (
        rows("'c1', 'x', TIMESTAMP '2026-01-01 08:00', 'p', 'q'")
        + ' t("case:concept:name", "concept:name", "time:timestamp", "org:resource", other)'
    )
    source = recognise(own, sql, {"officer_id": "other"})
    assert source.columns["object_id"] == "case:concept:name"
    assert source.columns["officer_id"] == "other"


@pytest.mark.parametrize("names", ["a1, activity, ts", "case_id, b1, ts", "case_id, activity, c1"])
def test_a_log_without_the_three_columns_is_refused_with_its_columns(names):
    with pytest.raises(BadInput) as refusal:
        recognise(duckdb.connect(), rows("'c', 'x', TIMESTAMP '2026-01-01'") + f" t({names})")
    assert "1" in refusal.value.text.en
    assert "with an option" in refusal.value.text.en


def test_a_column_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(BadInput, match="resourse"):
        recognise(
            duckdb.connect(),
            rows("'c', 'x', TIMESTAMP '2026-01-01', 'p'") + " t(case_id, activity, ts, resource)",
            {"officer_id": "resourse"},
        )


@pytest.mark.parametrize(
    "hole", ["NULL, 'x', TIMESTAMP '2026-01-01'", "'c', NULL, TIMESTAMP '2026-01-01'", "'c', 'x', NULL"]
)
def test_an_event_without_object_activity_or_time_is_refused(hole):
    own = duckdb.connect()
    with pytest.raises(BadInput, match="1"):
        arrange(own, recognise(own, rows("'c', 'x', TIMESTAMP '2026-01-01'", hole) + " t(case_id, activity, ts)"))


def test_zoned_naive_and_written_times_are_one_local_clock():
    own = duckdb.connect()
    kinds = {
        "TIMESTAMPTZ '2026-01-01 01:00:00+00'": False,
        "TIMESTAMP '2026-01-01 09:00:00'": False,
        "TIMESTAMP '2026-01-01 01:00:00' ": True,
        "'2026-01-01T09:00:00'": False,
        "'2026-01-01T01:00:00'": True,
        "'2026-01-01T02:00:00+01:00'": False,
    }
    for value, utc in kinds.items():
        arrange(own, recognise(own, rows(f"'c', 'x', {value}") + " t(case_id, activity, ts)", utc=utc))
        assert str(own.execute("SELECT t FROM log").fetchall()[0][0]) == "2026-01-01 09:00:00", value


def test_equal_times_keep_the_order_of_the_source():
    own = duckdb.connect()
    moment = "TIMESTAMP '2026-01-01'"
    arrange(
        own,
        recognise(
            own, rows(f"'c', 'y', {moment}, 2", f"'c', 'x', {moment}, 1") + " t(case_id, activity, ts, event_no)"
        ),
    )
    assert [str(a) for (a,) in own.execute("SELECT a FROM log ORDER BY n").fetchall()] == ["x", "y"]


def test_a_missing_column_makes_a_control_untestable_not_passed():
    own = duckdb.connect()
    log = arrange(own, recognise(own, rows("'c', 'x', TIMESTAMP '2026-01-01'") + " t(case_id, activity, ts)"))
    rules = {"hands": Rule("apart", {"steps": ["x", "y"]}), "limit": Rule("authority", {"a": "x"})}
    hands, limit = Run(log).ask(rules)
    assert (hands.untestable, hands.passed, hands.missing) == (1, 0, ("who",))
    assert limit.missing == ("who", "amount", "authorities")


def test_facts_in_json_attributes_are_columns():
    own = duckdb.connect()
    sql = rows("""'c', 'x', TIMESTAMP '2026-01-01', '{"amount": "12"}'""") + " t(case_id, activity, ts, attributes)"
    rule = Rule("at_most", {"a": "x", "field": "amount", "limit": 10})
    log = arrange(own, recognise(own, sql), {"amount": "number"})
    assert Run(log).ask({"r": rule})[0].breached == 1


def test_variants_are_exact_even_when_fingerprints_collide(monkeypatch):
    import numpy as np

    from guanjian.engine.controls import variants

    class Loaded:
        def __init__(self, seed):
            self.dice = np.random.Generator(np.random.PCG64(seed))
            self.seed = seed

        def integers(self, low, high, size, dtype):
            return np.ones(size, dtype) if self.seed == 0 else self.dice.integers(low, high, size, dtype)

    monkeypatch.setattr(variants.np.random, "default_rng", Loaded)
    own = duckdb.connect()
    moments = [f"'c{i}', '{a}', TIMESTAMP '2026-01-01'" for i, a in enumerate("xyzx")]
    arrange(own, recognise(own, rows(*moments) + " t(case_id, activity, ts)"))
    assert variants.fold(own) == 3
    assert sorted(own.execute("SELECT objects FROM log_variants").fetchall()) == [(1,), (1,), (2,)]
