"""Benjamini and Hochberg: the textbook example, and what handing over only the small p-values may not change."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from guanjian.stats.fdr import benjamini_hochberg, worth_testing

P = st.lists(st.floats(1e-12, 1.0), min_size=1, max_size=40)


@given(P)
def test_it_equals_scipy(p):
    assert benjamini_hochberg(np.array(p)) == pytest.approx(false_discovery_control(p, method="bh"))


@given(P)
def test_reporting_only_small_p_values_with_the_number_tried_rejects_the_same(p):
    p = np.array(p)
    small = p <= 0.05
    told = benjamini_hochberg(p[small], tests=p.size)
    assert ((benjamini_hochberg(p) <= 0.05)[small] == (told <= 0.05)).all()
    assert not (benjamini_hochberg(p) <= 0.05)[~small].any()


def test_more_p_values_than_tests_is_refused():
    with pytest.raises(ValueError, match="cannot come from"):
        benjamini_hochberg(np.array([0.1, 0.2]), tests=1)


def test_nothing_gives_nothing():
    assert benjamini_hochberg(np.array([]), tests=10).size == 0


def test_what_could_never_be_rejected_does_not_count():
    can, tests = worth_testing(np.array([1e-6, 0.02, 0.3, 0.6, 1.0]), 0.05)
    assert (can.tolist(), tests) == ([True, True, False, False, False], 2)
    can, tests = worth_testing(np.array([1e-6, 1e-5, 1e-4]), 0.05)
    assert (can.all(), tests) == (True, 3)
    assert worth_testing(np.empty(0), 0.05)[1] == 0


@given(P)
def test_no_more_are_worth_testing_than_count(p):
    can, tests = worth_testing(np.array(p), 0.05)
    assert can.sum() <= tests <= len(p)
