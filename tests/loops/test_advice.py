"""Advice on a cut, by hand: what stays, what goes, and when nothing can be said."""

import pytest

from guanjian.loops.alert.advice import advise, by_signal

RIGHT, WRONG, OPEN = "confirmed", "refuted", "undetermined"


def test_a_cut_that_loses_nothing_and_saves_false_alarms_is_advised():
    decided = [(5.0 + n, RIGHT) for n in range(10)] + [(1.0 + n / 10, WRONG) for n in range(15)] + [(9.0, WRONG)]
    found = advise(decided)
    assert (found.cut, found.saved) == (5.0, 15)
    assert found.said.zh == "强度阈值提高到5：误报减少15/16件，属实保留10/10件"


def test_at_most_one_in_twenty_of_the_confirmed_is_given_up():
    decided = [(float(n), RIGHT) for n in range(1, 41)] + [(1.5, WRONG)] * 10
    found = advise(decided)
    assert found.cut == 3.0
    assert "属实保留38/40件" in found.said.zh


@pytest.mark.parametrize(
    ("decided", "says"),
    [
        ([(1.0, RIGHT)] * 10 + [(1.0, OPEN)] * 50, "已有10件结论，满20件"),
        ([(1.0, WRONG)] * 30, "从无属实"),
        ([(1.0, RIGHT)] * 10 + [(2.0, WRONG)] * 20, "维持现阈值"),
    ],
)
def test_otherwise_it_says_why_not(decided, says):
    found = advise(decided)
    assert says in found.said.zh
    assert found.cut is None


def test_each_signal_is_advised_by_its_own_alerts():
    rows = [("A-01", 1.0, WRONG)] * 20 + [("B-01", 1.0, RIGHT)]
    found = by_signal(rows)
    assert "从无属实" in found["A-01"].said.zh
    assert "已有1件结论" in found["B-01"].said.zh
