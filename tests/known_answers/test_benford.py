"""The published figures of the first-digit test: methods §2.4."""

import numpy as np
import pytest

from guanjian.stats import benford

DIGITS = np.array([1, 1, 0, 0, 0, 0, 3, 9, 9])


def test_chi_square_and_g_of_the_published_digits():
    assert benford.chi_square(DIGITS) == pytest.approx(129.952016, abs=5e-7)
    assert benford.g_statistic(DIGITS) == pytest.approx(73.4505062784174, abs=1e-11)


def test_exact_p_over_every_composition():
    p, ways = benford.exact_p(DIGITS)
    assert ways == 7_888_725
    assert p == pytest.approx(2.319579e-14, rel=1e-6)
