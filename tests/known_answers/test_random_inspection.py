"""The worked figures of methods §2.2, and strata that add up."""

import numpy as np
import pytest

from guanjian.stats.random_inspection import Inspected, most_if_none, wilson

WORKED = Inspected(2_000_000, 160_000, 22_400, 40_000, 400)


def test_the_worked_example():
    low, high = wilson(400, 40_000)
    assert WORKED.rate == pytest.approx(0.01)
    assert (float(low), float(high)) == pytest.approx((0.009071, 0.011023), abs=5e-7)
    assert WORKED.lift == pytest.approx(14.0)
    assert WORKED.violations() == pytest.approx(40_800)
    assert WORKED.error == pytest.approx(905.4, abs=0.05)
    assert WORKED.captured() == pytest.approx(0.5588, abs=5e-5)


def test_no_hit_bounds_the_rate_but_does_not_make_it_nothing():
    assert most_if_none(100) == pytest.approx(0.029513, abs=1e-6)
    assert most_if_none(0) == 1.0
    assert wilson(0, 0)[0] == 0
    assert wilson(0, 0)[1] == 1


def test_the_error_of_repeated_random_samples_is_the_one_that_is_told():
    draw = np.random.default_rng(2)
    left, bad, tries = 20_000, 600, 1_500
    finds = draw.hypergeometric(bad, left - bad, tries, size=4_000)
    seen = Inspected(np.full(4_000, 22_000.0), 2_000.0, 300.0, float(tries), finds.astype(float))
    assert seen.violations().mean() == pytest.approx(900, rel=0.01)
    assert seen.violations().std() == pytest.approx(seen.error.mean(), rel=0.05)
    assert ((seen.violations() - 900) / seen.error).std() == pytest.approx(1, abs=0.06)
