"""Funnel limits, contagion, likeness of neighbours, and error control over time and tables do what they promise."""

import numpy as np
import pytest

from guanjian.kernel.errors import BadInput
from guanjian.stats.warning.contagion import contagion, moran, radius
from guanjian.stats.warning.funnel import funnel
from guanjian.stats.warning.sequence import down_the_tree, e_lond, e_process, within_families


def test_funnel_flags_the_outlier_and_not_the_overdispersed_rest():
    rng = np.random.default_rng(2)
    expected = rng.uniform(20, 400, 60)
    observed = rng.poisson(expected * rng.gamma(50, 1 / 50, 60)).astype(float)
    observed[7] = expected[7] * 2
    told = funnel(observed, expected)
    assert np.flatnonzero((told.ratio > told.upper) | (told.ratio < told.lower)).tolist() == [7]
    assert told.phi > 1
    assert told.tau == pytest.approx(0.5 * np.sqrt(1 / 50), abs=0.05)


def test_funnel_limits_narrow_with_volume():
    told = funnel(np.array([10.0, 100, 1000]), np.array([10.0, 100, 1000]))
    assert (np.diff(told.upper - told.lower) < 0).all()
    with pytest.raises(BadInput):
        funnel(np.ones(2), np.zeros(2))


def test_contagion_recovers_what_made_the_counts():
    rng = np.random.default_rng(6)
    weights = np.roll(np.eye(12), 1, axis=1) * 0.5 + np.roll(np.eye(12), -1, axis=1) * 0.5
    y = np.zeros((400, 12))
    for t in range(1, 400):
        y[t] = rng.poisson(0.4 * y[t - 1] + 0.3 * y[t - 1] @ weights + 2)
    told = contagion(y, weights, draws=20)
    assert told.own == pytest.approx(0.4, abs=0.06)
    assert told.spread == pytest.approx(0.3, abs=0.06)
    assert told.endemic == pytest.approx(np.full(12, 2.0), abs=0.8)
    assert told.low < 0.7 < told.high < 1


def test_spectral_radius_is_own_plus_spread_for_rows_that_share_out_all():
    assert radius(0.5, 0.6, np.full((4, 4), 0.25)) == pytest.approx(1.1)


def test_moran_of_a_chessboard_and_of_two_halves():
    line = np.eye(10, k=1) + np.eye(10, k=-1)
    assert moran(np.tile([1.0, -1], 5), line).value == pytest.approx(-1)
    halves = moran(np.repeat([1.0, -1], 5), line)
    assert halves.value == pytest.approx(14 / 18)  # 8 of the 9 links alike, both ways: 10 / 18 * (16 - 2) / 10
    assert halves.p_permuted < 0.02
    assert halves.p_normal < 0.02
    assert halves.expected == pytest.approx(-1 / 9)


@pytest.mark.parametrize("phi", [1.0, 1.6])
def test_evidence_seldom_reaches_twenty_by_chance_and_soon_under_a_rise(phi):
    rng = np.random.default_rng(9)

    def counts(risk):
        mean = np.full((500, 60), 4.0 * risk)
        return rng.poisson(rng.gamma(mean / (phi - 1), phi - 1) if phi > 1 else mean)

    quiet = np.array([e_process(row, np.full(60, 4.0), phi).max() >= 20 for row in counts(1)])
    risen = np.array([e_process(row, np.full(60, 4.0), phi).max() >= 20 for row in counts(1.5)])
    assert quiet.mean() <= 0.05
    assert risen.mean() > 0.95


def test_online_findings_need_more_evidence_later_and_less_after_a_finding():
    first = 20 * np.pi**2 / 6
    assert e_lond([first * 1.01, first * 2.02, 1.0]).tolist() == [True, True, False]
    assert e_lond([1.0, first * 2.02]).tolist() == [False, False]


def test_children_are_tested_only_below_a_finding():
    p, parents = [0.001, 0.9, 0.01, 0.8, 0.0001], [-1, -1, 0, 0, 1]
    assert down_the_tree(p, parents).tolist() == [True, False, True, False, False]


def test_families_are_chosen_first_and_then_tested_more_strictly():
    p = [0.001, 0.03, 0.6, 0.7, 0.5, 0.9]
    assert within_families(p, [0, 0, 1, 1, 2, 2]).tolist() == [True, False, False, False, False, False]
    assert within_families(p[:2], [0, 0]).tolist() == [True, True]
