"""Coincidence of lodgements and duty, against every shuffle of a little calendar, and in quiet and arranged worlds."""

from itertools import permutations

import numpy as np
import pytest

from guanjian.stats.coincidence import coincidences, tails
from guanjian.stats.fdr import benjamini_hochberg


def test_the_moments_are_those_of_all_shuffles_of_who_was_present_when():
    slot_of_presence = np.array([0, 0, 1, 2, 3, 3])
    trader = np.array([0, 1, 0, 1, 1, 2])
    duty = (np.array([0, 0]), np.array([0, 3]))
    found = coincidences((trader, slot_of_presence), duty, np.zeros(4, int), 0.0)
    on = np.isin(slot_of_presence, [0, 3])
    for who in range(3):
        seen = [(np.array(order) == who)[on].sum() for order in permutations(trader.tolist())]
        place = found.trader.tolist().index(who)
        assert found.expected[place] == pytest.approx(np.mean(seen))
        assert found.variance[place] == pytest.approx(np.var(seen))
    assert found.observed[found.trader == 0] == 1


def _calendar(draw, arranged: float):
    """A year of daily shifts, nine officers three at a time, forty traders; one waits for his officer."""
    slots = 250
    duty = np.array([[officer, slot] for slot in range(slots) for officer in draw.choice(9, 3, replace=False)]).T
    often = draw.uniform(0.1, 0.5, (40, 1))
    often[0] = 0.5
    lodged = draw.random((40, slots)) < often
    mine = np.isin(np.arange(slots), duty[1][duty[0] == 0])
    lodged[0] &= mine | (draw.random(slots) > arranged)
    return np.nonzero(lodged), (duty[0], duty[1]), np.arange(slots) // 65


def test_quiet_calendars_alarm_nobody_and_an_arranged_one_names_the_pair():
    alarms = []
    for seed in range(10):
        found = coincidences(*_calendar(np.random.default_rng(seed), 0.0), 5.0)
        alarms.append((benjamini_hochberg(tails(found.observed, found.expected, found.variance)) <= 0.05).sum())
    assert sum(alarm > 0 for alarm in alarms) <= 1
    found = coincidences(*_calendar(np.random.default_rng(1), 0.7), 5.0)
    flagged = benjamini_hochberg(tails(found.observed, found.expected, found.variance)) <= 0.05
    assert list(zip(found.officer[flagged], found.trader[flagged], strict=True)) == [(0, 0)]
