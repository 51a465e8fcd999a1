"""First digits: the exact p on small samples, and the sampling laws on data that obey."""

import numpy as np
import pytest

from guanjian.stats import benford


def test_the_exact_p_of_two_values_counted_by_hand():
    p, ways = benford.exact_p(np.array([0, 0, 0, 0, 0, 0, 0, 0, 2]))
    assert ways == 45
    assert p == pytest.approx(benford.LAW[8] ** 2)


def test_too_many_values_to_enumerate_are_refused():
    with pytest.raises(ValueError, match="too many"):
        benford.exact_p(np.full(9, 3))


def test_the_exact_p_is_close_to_the_asymptotic_one_where_both_exist():
    digits = np.array([7, 4, 3, 3, 2, 2, 2, 1, 1])
    exact, _ = benford.exact_p(digits)
    assert benford.asymptotic_p(benford.g_statistic(digits)) == pytest.approx(exact, abs=0.1)


def test_data_that_obey_show_the_deviation_that_their_size_explains():
    draw = np.random.default_rng(5)
    digits = draw.multinomial(500, benford.LAW, 4000)
    seen = benford.mean_absolute_deviation(digits).mean()
    assert seen == pytest.approx(benford.expected_deviation(np.array(500.0)), rel=0.02)
    assert (benford.asymptotic_p(benford.g_statistic(digits)) <= 0.05).mean() == pytest.approx(0.05, abs=0.015)


def test_significands_that_obey_are_near_the_law_and_constant_ones_are_far():
    draw = np.random.default_rng(6)
    lawful = 10 ** draw.uniform(0, 5, 20_000)
    assert benford.kolmogorov_smirnov(lawful) < 0.015
    assert benford.sum_invariance(lawful) < 4
    assert benford.kolmogorov_smirnov(np.full(100, 700.0)) > 0.8
    assert benford.sum_invariance(np.full(100, 700.0)) > 20


def test_the_significand_of_any_size():
    assert benford.significand(np.array([1.0, 0.0203, 99999.0])) == pytest.approx([1.0, 2.03, 9.9999])
