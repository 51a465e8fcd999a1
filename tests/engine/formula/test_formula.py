"""What the engine answers is what a plain reading of the formula answers, whatever the formula and the facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from guanjian.customs.formula.indicator import Period
from guanjian.engine.formula.backtest import back_test
from guanjian.engine.formula.flagged import Span, answered
from guanjian.engine.formula.governed import Governed
from guanjian.engine.formula.spans import number_of, written
from guanjian.engine.session import Session
from guanjian.signals.example import arrow
from tests.engine.formula.little import build, formulas, indicator
from tests.engine.formula.plain import Plain

PERIODS = ("day", "week", "month", "quarter", "year")


def by_engine(one, tables):
    """Every answer of the engine, by object and period."""
    with Session.over(tables) as session:
        rows = session.ask(answered(one)).to_pylist()
    periodic = one.thing.periodic
    return {(row["subject_id"], row["number"] if periodic else None): row["flagged"] for row in rows}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.reuse, Phase.generate])
@given(
    formulas(), st.sampled_from(PERIODS), st.integers(0, 10**6), st.integers(1, 60), st.sampled_from(("0000", "2200"))
)
def test_the_engine_reads_a_formula_as_a_person_would(formula, period, seed, size, district):
    note(formula)
    tables, one = build(seed, size), indicator(formula, period, district)
    assert by_engine(one, tables) == Plain(one, tables).answers()


def test_a_finding_in_force_says_the_formula_the_figures_and_its_facts():
    one = indicator("AND(CMP(事-单位-操作次数, 1), CMP(事-单位-操作次数, <99))", "month")
    with Session.over(build(3, 40)) as session:
        looked = Governed(replace(one, code="IND-7", title="操作量", level="yellow"), date(2025, 6, 1)).look(session)
        told = looked.told()
    assert len(told) > 3
    assert set(told["period"]) >= {"2025-06"}
    assert min(told["period"]) >= "2025-06"
    assert all(len(rows) == observed for rows, observed in zip(told["rows"], told["observed"], strict=True))


def test_the_sentence_of_a_finding_names_formula_and_figures():
    made = Governed(indicator("CMP(事-单位-改单次数, 3)", "month"), date(2025, 1, 1))
    said = made.explain({"subject_id": "2201", "period": "2025-06", "f0": 5.0})
    assert "改单次数不低于3次" in said.zh
    assert "改单次数为5" in said.zh


def outcomes_about(*pairs):
    return arrow(
        "outcomes",
        [
            {"outcome_id": str(n), "subject_type": "unit", "subject_id": unit, "verdict": verdict, "source": "x"}
            for n, (unit, verdict) in enumerate(pairs)
        ],
    )


def test_a_back_test_counts_spread_workload_and_verdicts():
    one = indicator("CMP(事-单位-操作次数, 2)", "quarter")
    world = build(5, 60) | {
        "outcomes": outcomes_about(("2201", "confirmed"), ("2202", "refuted"), ("9999", "confirmed"))
    }
    answers = Plain(one, world).answers()
    span = Span(date(2025, 1, 1), date(2025, 6, 30))
    inside = {key: flagged for key, flagged in answers.items() if key[1] in (2025 * 4, 2025 * 4 + 1)}
    with Session.over(world) as session:
        tested = back_test(session, one, span)
    flagged = [key for key, flag in inside.items() if flag]
    assert (tested.looked, tested.flagged, tested.unclear) == (len(inside), len(flagged), 0)
    assert dict(tested.places) == {
        place + "00": sum(unit.startswith(place) for unit, _ in flagged) for place in {unit[:2] for unit, _ in flagged}
    }
    hit = {unit for unit, _ in flagged}
    assert (tested.confirmed, tested.refuted, tested.confirmed_in_all) == ("2201" in hit, "2202" in hit, 1)
    assert tested.told()["a_month"] == f"{len(flagged) / (181 / 30.4375):.1f}"


def test_a_case_of_the_compartment_is_never_read():
    one = indicator("CMP(物-案件-案值, 0)", "month")
    world = build(8, 60)
    secret = {row["case_id"] for row in world["cases"].to_pylist() if row["label"] == "integrity"}
    assert secret
    assert not secret & {subject for subject, _ in by_engine(one, world)}


@pytest.mark.parametrize("period", PERIODS)
def test_a_period_is_written_as_it_is_counted(period):
    told = {"day": "2026-03-02", "week": "2026-03-02", "month": "2026-03", "quarter": "2026-Q1", "year": "2026"}
    assert written(number_of(date(2026, 3, 2), Period(period)), Period(period)) == told[period]
