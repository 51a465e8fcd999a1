"""What a pair owes to both of its sides: rates without the pair itself, drawn towards the usual."""

import numpy as np
import pytest

from guanjian.stats.exact import upper_tail
from guanjian.stats.fdr import benjamini_hochberg
from guanjian.stats.pair_rate import pair_rates


def test_with_many_events_the_mean_is_the_product_of_the_margins_without_the_pair():
    events, chances = np.array([[500.0, 400.0], [300.0, 240.0]]), np.full((2, 2), 1e6)
    mean, variance = pair_rates(events, chances, (0.0, 0.0), 1e-9)
    assert mean[0, 0] == pytest.approx(400 * 300 / 240)
    assert variance[0, 0] == pytest.approx(mean[0, 0] + mean[0, 0] ** 2 * (1 / 400 + 1 / 300 + 1 / 240))


def test_where_nothing_is_known_the_rate_of_the_whole_administration_stands():
    mean, _ = pair_rates(np.zeros((3, 4)), np.full((3, 4), 10.0), (100.0, 10_000.0), 1000.0)
    assert mean == pytest.approx(np.full((3, 4), 0.1), rel=0.02)


def test_neither_an_officer_who_lifts_much_nor_goods_lifted_by_all_make_a_pair():
    chances = np.full((6, 8), 50.0)
    events = np.ones((6, 8))
    events[0], events[:, 0] = 10.0, 10.0
    events[0, 0] = 60.0
    mean, variance = pair_rates(events, chances, (100.0, 20_000.0), 2.0)
    assert upper_tail(events, mean, variance).min() > 0.01


def test_quiet_desks_alarm_nobody_and_one_officer_for_one_trader_is_seen():
    draw, alarms = np.random.default_rng(2), []
    chances = draw.integers(10, 120, (8, 40)).astype(float)
    for _ in range(40):
        events = draw.poisson(chances * 0.0015 * draw.gamma(4, 0.25, (8, 1))).astype(float)
        p = upper_tail(events, *pair_rates(events, chances, (60.0, 40_000.0), 2.0))
        alarms.append((benjamini_hochberg(p.ravel()) <= 0.05).any())
    assert sum(alarms) <= 4
    events[3, 7] += 9
    p = upper_tail(events, *pair_rates(events, chances, (60.0, 40_000.0), 2.0))
    assert np.flatnonzero(benjamini_hochberg(p.ravel()) <= 0.05).tolist() == [3 * 40 + 7]
