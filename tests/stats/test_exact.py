"""Tails: matched on mean and variance, exact by convolution, and against counting every possibility."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, hypergeom, nbinom, poisson

from guanjian.stats.exact import (
    cell_sums,
    drawn_tail,
    exact_upper_tail,
    share_interval,
    upper_tail,
)

CELL = st.integers(2, 8).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n), st.integers(1, n)))


def test_a_binomial_is_its_own_match():
    n, p = 30, 0.2
    assert upper_tail(9, n * p, n * p * (1 - p)) == pytest.approx(binom.sf(8, n, p))


def test_equal_mean_and_variance_is_poisson_and_more_is_negative_binomial():
    assert upper_tail(9, 4.0, 4.0) == pytest.approx(poisson.sf(8, 4.0))
    assert upper_tail(9, 4.0, 8.0) == pytest.approx(nbinom.sf(8, 4.0, 0.5))


def test_no_event_is_certain_and_no_tail_is_zero():
    assert upper_tail(0, 3.0, 2.0) == 1.0
    assert upper_tail(900, 3.0, 2.0) == 1e-300


@settings(max_examples=40, deadline=None)
@given(st.lists(CELL, min_size=1, max_size=3), st.integers(0, 8))
def test_the_exact_tail_equals_counting_every_outcome(cells, seen):
    whole, marked, drawn = (np.array(column) for column in zip(*cells, strict=True))
    total = 0.0
    for outcome in product(*(range(min(b, i) + 1) for _, b, i in cells)):
        if sum(outcome) >= seen:
            total += np.prod([hypergeom.pmf(k, n, b, i) for k, (n, b, i) in zip(outcome, cells, strict=True)])
    assert exact_upper_tail(seen, whole, marked, drawn) == pytest.approx(max(total, 1e-300), rel=1e-9, abs=1e-12)


@given(CELL)
def test_cell_sums_are_the_hypergeometric_moments(cell):
    n, b, i = cell
    mean, variance = cell_sums(np.array([n]), np.array([b]), np.array([i]))
    ways = np.arange(min(b, i) + 1)
    law = hypergeom.pmf(ways, n, b, i)
    assert mean[0] == pytest.approx((law * ways).sum())
    assert variance[0] == pytest.approx((law * (ways - mean[0]) ** 2).sum(), abs=1e-12)


def test_the_matched_tail_stays_close_to_the_exact_one_over_many_cells():
    draw = np.random.default_rng(3)
    whole = draw.integers(10, 60, 200)
    marked, drawn = draw.integers(1, 5, 200), draw.integers(1, 6, 200)
    mean, variance = (values.sum() for values in cell_sums(whole, marked, drawn))
    for seen in (int(mean + 2 * variance**0.5), int(mean + 4 * variance**0.5)):
        exact = exact_upper_tail(seen, whole, marked, drawn)
        assert upper_tail(seen, mean, variance) == pytest.approx(exact, rel=0.15)


def test_clopper_and_pearson_on_the_textbook_figures():
    low, high = share_interval(np.array([0, 10, 10]), np.array([10, 10, 100]))
    assert low == pytest.approx([0.0, 0.6915, 0.0490], abs=1e-4)
    assert high == pytest.approx([0.3085, 1.0, 0.1762], abs=1e-4)


@given(CELL, st.integers(0, 9))
def test_the_tail_of_one_draw_is_the_hypergeometric_one_beyond_its_mean(cell, seen):
    whole, marked, drawn = cell
    law = hypergeom(whole, marked, drawn)
    told = drawn_tail(np.array([seen]), *(np.array([each]) for each in cell))[0]
    assert told == pytest.approx(law.sf(seen - 1) if seen > marked * drawn / whole else 1.0, rel=1e-9, abs=1e-299)


def test_the_tail_of_one_draw_holds_for_large_ones():
    told = drawn_tail(np.array([5300.0, 5299.2]), np.full(2, 40_000), np.full(2, 10_000), np.full(2, 20_000))
    assert told == pytest.approx(hypergeom(40_000, 10_000, 20_000).sf(5299), rel=1e-8)
