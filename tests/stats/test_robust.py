"""Robust spreads and the corrections that keep honest subjects from being suspected."""

import numpy as np
import pytest
from scipy.stats import chi2, norm
from scipy.stats import t as student

from guanjian.stats.robust import (
    inflation,
    mirrored,
    overdispersion,
    recalibrated,
    shared_part,
    tail_beyond,
    widened,
)


def test_overdispersion_is_read_off_the_middle_half_and_cheats_do_not_move_it():
    draw = np.random.default_rng(1)
    honest = draw.normal(0, 1.5, 2000)
    assert overdispersion(honest) == pytest.approx(2.25, rel=0.1)
    assert overdispersion(np.append(honest, np.full(40, 30.0))) == pytest.approx(2.25, rel=0.15)
    assert overdispersion(draw.normal(0, 0.5, 2000)) == 1.0
    assert overdispersion(np.array([0.0, 9.0])) == 1.0


def test_the_tail_of_a_robust_deviation_is_wider_than_normal_and_narrows_with_peers():
    few, many = tail_beyond(4.0, np.array([8, 400]))
    assert few > many > norm.sf(4.0)


def test_heavy_honest_tails_make_small_p_values_larger_and_right_ones_stay():
    draw = np.random.default_rng(2)
    heavy = norm.sf(np.abs(student.rvs(4, size=40_000, random_state=draw)))
    mirror = heavy[heavy <= 0.05]
    fixed = recalibrated(np.array([1e-6, 1e-3]), mirror, of=80_000)
    assert (fixed > [1e-5, 2e-3]).all()
    right = draw.random(40_000)
    same = recalibrated(np.array([1e-6]), right[right <= 0.05], of=40_000)
    assert same[0] == pytest.approx(1e-6, rel=1.0)
    assert recalibrated(np.array([1e-6]), np.array([0.01]), of=10)[0] == 1e-6


def test_recalibrated_p_values_keep_their_order():
    p = np.geomspace(1e-12, 1, 60)
    fixed = recalibrated(p, np.full(200, 1e-4), of=1000)
    assert (np.diff(fixed) >= 0).all()
    assert (fixed >= p - 1e-15).all()


def test_shared_part_is_the_correlation_inside_subjects():
    draw = np.random.default_rng(3)
    z = 0.6**0.5 * draw.normal(size=(5000, 1)) + 0.4**0.5 * draw.normal(size=(5000, 4))
    together = (z.sum(1) ** 2 - (z**2).sum(1)).sum()
    assert shared_part(together, 5000 * 12) == pytest.approx(0.6, abs=0.05)
    assert shared_part(-5.0, 10) == 0.0
    assert shared_part(1.0, 0) == 0.0


def test_inflation_takes_the_growth_that_all_share_and_needs_ten_subjects():
    draw = np.random.default_rng(4)
    n = draw.integers(100, 1000, 3000)
    statistic = chi2.rvs(8, size=3000, random_state=draw) * (1 + (n - 1) * 0.01)
    assert inflation(statistic, 8, n) == pytest.approx(0.01, rel=0.1)
    assert inflation(statistic[:9], 8, n[:9]) == 0.0


def test_a_p_value_is_never_smaller_than_what_a_few_on_the_other_side_show():
    seen = np.array([0.04, 1e-3, 1e-6])
    found = mirrored(np.array([0.5, 1e-2, 1e-4, 1e-9]), seen, 100)
    assert found == pytest.approx([0.5, 0.02, 0.01, 1e-9])
    assert mirrored(np.array([0.1]), np.empty(0), 10) == pytest.approx([0.1])


def test_a_tail_that_grows_heavier_farther_out_is_followed_beyond_the_last_that_is_seen():
    draw = np.random.default_rng(5)
    odd = draw.random(400_000) < 0.02
    p = norm.sf(np.abs(draw.normal(0, np.where(odd, 2.5, 1.0))))
    cheap = draw.random(400_000) < 0.5
    asked = norm.sf([4.0, 6.0, 8.0, 10.0])
    true = 0.98 * asked + 0.02 * norm.sf(np.array([4.0, 6.0, 8.0, 10.0]) / 2.5)
    found = mirrored(asked, p[~cheap], 400_000)
    assert (found > 0.5 * true).all()
    assert (found < [1e-2, 1e-3, 1e-3, 1e-3]).all()
    assert (recalibrated(asked, p[~cheap & (p <= 0.05)], 400_000)[2:] < 0.05 * true[2:]).all()


def test_a_right_tail_is_left_nearly_alone_and_the_order_of_p_values_is_kept():
    seen = np.random.default_rng(6).random(20_000)
    p = np.geomspace(1e-12, 1, 200)
    found = mirrored(p, seen, 20_000)
    assert (np.diff(found) >= 0).all()
    assert (found >= p).all()
    assert found[np.searchsorted(p, 1e-6)] < 2e-5


def test_a_wider_spread_makes_one_sided_p_values_larger():
    p = norm.sf([1.0, 3.0, 6.0])
    assert widened(p, 4.0) == pytest.approx(norm.sf([0.5, 1.5, 3.0]))
    assert widened(p, 1.0) == pytest.approx(p)
