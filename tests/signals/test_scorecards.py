"""Scorecards: known parts with a direction, reasons for weights, peers compared with peers, persons never."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest

from guanjian.kernel.words import Text
from guanjian.signals.catalogue import all_scores, indicator_catalogue, scorecard_catalogue
from guanjian.signals.indicator import Worse
from guanjian.signals.scorecard import Part, Scorecard, scores

CARDS = scorecard_catalogue()
each = pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
WEEK = datetime.date(2026, 3, 2)
TWO = Scorecard(
    "S-T",
    Text("试", "Test"),
    about=Text("试", "test"),
    parts=(Part("I-EXM-02", 3, Text("一", "one")), Part("I-EXM-10", 1, Text("二", "two"))),
)


def _units(houses: dict[str, str], level: str = "house") -> pd.DataFrame:
    rows = [
        {"unit_code": code, "level": level, "kind": "customs", "peer_group": group} for code, group in houses.items()
    ]
    return pd.DataFrame(rows)


def _measured(*rows: tuple) -> pd.DataFrame:
    """Rows of (code, unit, cases, exposure)."""
    found = pd.DataFrame(rows, columns=["indicator_code", "unit_code", "cases", "exposure"])
    return found.assign(line_code="CLR-EXAM", week=WEEK, value=found["cases"] / found["exposure"])


def _scored(measured: pd.DataFrame, units: pd.DataFrame):
    return scores(TWO, indicator_catalogue(), measured, units)


FIND = [("I-EXM-02", "甲", 10, 100), ("I-EXM-02", "乙", 20, 100), ("I-EXM-02", "丙", 30, 100)]
ALONE = [("I-EXM-10", "甲", 0, 100), ("I-EXM-10", "乙", 50, 100), ("I-EXM-10", "丙", 90, 100)]
COAST = _units(dict.fromkeys("甲乙丙", "coastal"))


@each
def test_every_part_is_a_known_indicator_with_a_direction_a_weight_and_a_reason(card):
    known = indicator_catalogue()
    for part in card.parts:
        assert known[part.code].worse is not Worse.NEITHER
        assert part.weight > 0
        assert part.because.zh.strip()
        assert part.because.en.strip()
    assert len({part.code for part in card.parts}) == len(card.parts) >= 3
    assert card.about.zh.strip()
    assert card.about.en.strip()


def test_a_score_is_the_weighted_rank_of_its_parts_in_the_better_direction():
    whole, parts = _scored(_measured(*FIND, *ALONE), COAST)
    by_unit = whole.set_index("unit_code")["score"]
    assert by_unit["甲"] == pytest.approx(100 * (3 * 1 / 6 + 1 * 5 / 6) / 4)
    assert by_unit["丙"] == pytest.approx(100 * (3 * 5 / 6 + 1 * 1 / 6) / 4)
    assert (whole["low"] <= whole["score"]).all()
    assert (whole["score"] <= whole["high"]).all()
    first = parts[(parts["unit_code"] == "甲") & (parts["indicator_code"] == "I-EXM-02")].iloc[0]
    assert (first["value"], first["peer_median"], first["weight"]) == (0.1, 0.2, 3)


def test_weeks_and_lines_are_summed_before_they_are_divided():
    halves = [(code, unit, cases / 2, exposure / 2) for code, unit, cases, exposure in (*FIND, *ALONE)]
    assert _scored(_measured(*halves, *halves), COAST)[0].equals(_scored(_measured(*FIND, *ALONE), COAST)[0])


def test_houses_are_compared_within_their_peer_group_only():
    others = [(code, unit + "二", cases * 3, exposure) for code, unit, cases, exposure in (*FIND, *ALONE)]
    units = pd.concat([COAST, _units({"甲二": "inland", "乙二": "inland", "丙二": "inland"})])
    whole = _scored(_measured(*FIND, *ALONE, *others), units)[0].set_index("unit_code")["score"]
    assert whole["甲"] == pytest.approx(_scored(_measured(*FIND, *ALONE), COAST)[0]["score"].loc[2])
    assert whole["甲二"] == pytest.approx(whole["甲"])


def test_two_peers_are_too_few_and_little_work_is_no_part():
    assert _scored(_measured(*FIND[:2], *ALONE[:2]), COAST)[0].empty
    few = [(code, unit, cases / 10, exposure / 10) for code, unit, cases, exposure in FIND]
    assert _scored(_measured(*few, *ALONE), COAST)[0].empty


def test_nothing_measured_is_no_score():
    whole, parts = all_scores(_measured(), COAST)
    assert whole.empty
    assert parts.empty
