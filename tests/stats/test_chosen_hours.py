"""The choice of an hour within the day, against every shuffle, and in quiet and arranged quarters."""

from itertools import combinations

import numpy as np
import pytest

from guanjian.stats.chosen_hours import Batches, moved, weekday_share
from guanjian.stats.coincidence import tails
from guanjian.stats.fdr import benjamini_hochberg


def _even(trader, day, whole, at_hour):
    """Batches of one term at a house where the hour is equally usual on all weekdays."""
    one = np.zeros(len(trader), int)
    numbers = (np.asarray(each, float) for each in (whole, at_hour, np.full(len(trader), 0.4)))
    return Batches(np.asarray(trader), one, np.asarray(day), *numbers)


def test_the_moments_are_those_of_all_ways_to_pick_the_entries_that_come_at_the_hour():
    whole, at_hour = [3, 2, 4], [2, 1, 1]
    found = moved(_even([0] * 3, [0, 1, 2], whole, at_hour), (np.array([0, 0]), np.array([0, 2])))
    day = np.repeat([0, 1, 2], whole)
    seen = [np.isin(day[list(picked)], [0, 2]).sum() for picked in combinations(range(9), 4)]
    assert found.observed[0, 0] == 3
    assert found.expected[0, 0] == pytest.approx(np.mean(seen))
    assert found.variance[0, 0] == pytest.approx(np.var(seen))


def test_busy_days_of_the_trader_and_habits_of_the_house_speak_against_nobody():
    days, trader = np.tile(np.arange(70), 4), np.repeat(np.arange(4), 70)
    weekday = days % 7
    often = np.where(weekday == 5, 8.0, 2.0)  # Saturdays are busy, and everybody comes late
    late = np.where(weekday == 5, 6.0, 1.0)
    usual = weekday_share(trader, weekday, late > 3, 1.0)
    saturdays = (np.zeros(10, int), np.arange(5, 70, 7))
    one = np.zeros(len(days), int)
    strange = moved(Batches(trader, one, days, often, late, np.full(len(days), 0.5)), saturdays)
    known = moved(Batches(trader, one, days, often, late, usual), saturdays)
    assert strange.expected[0, 0] < 55 < 60 == strange.observed[0, 0]
    assert known.expected[0, 0] > strange.expected[0, 0]


def test_batches_of_his_own_widen_what_a_trader_may_do():
    draw, days = np.random.default_rng(3), np.arange(90)
    whole = np.full(90, 10)
    single, batched = draw.binomial(10, 0.3, 90), 10 * draw.binomial(1, 0.3, 90)
    duty = (np.zeros(30, int), days[::3])
    alone, together = (moved(_even([0] * 90, days, whole, came), duty) for came in (single, batched))
    assert together.variance[0, 0] > 5 * alone.variance[0, 0]


def _quarter(draw, arranged: float):
    """Ninety days, eight officers two a night, thirty traders; one waits for his officer's nights."""
    days, traders = 90, 30
    duty = np.array([[officer, day] for day in range(days) for officer in draw.choice(8, 2, replace=False)]).T
    whole = draw.poisson(draw.uniform(1, 5, (traders, 1)), (traders, days))
    his = np.isin(np.arange(days), duty[1][duty[0] == 0])
    rate = np.full((traders, days), 0.15)
    whole[0], rate[0, his] = draw.poisson(3, days), max(arranged, 0.15)
    late = draw.binomial(whole, rate)
    trader, day = np.nonzero(whole)
    return _even(trader, day, whole[trader, day], late[trader, day]), (duty[0], duty[1])


def test_quiet_quarters_alarm_nobody_and_an_arranged_one_names_the_pair():
    alarms = []
    for seed in range(10):
        found = moved(*_quarter(np.random.default_rng(seed), 0.0))
        p = tails(found.observed.ravel(), found.expected.ravel(), found.variance.ravel())
        alarms.append((benjamini_hochberg(p) <= 0.05).any())
    assert sum(alarms) <= 1
    found = moved(*_quarter(np.random.default_rng(1), 0.7))
    p = tails(found.observed.ravel(), found.expected.ravel(), found.variance.ravel())
    assert np.argwhere((benjamini_hochberg(p) <= 0.05).reshape(found.observed.shape)).tolist() == [[0, 0]]
