"""The second look: Fisher, Welch and their combination, from counts and sums."""

import numpy as np
import pytest
from scipy.stats import fisher_exact, ttest_ind

from guanjian.stats.difference import did_log_odds, means_differ, shares_differ, together


def test_shares_by_fisher():
    assert shares_differ((1, 9), (20, 30)) == pytest.approx(fisher_exact([[1, 19], [9, 21]]).pvalue)
    assert shares_differ((0, 3), (0, 10)) == 1.0


def test_means_by_welch_from_sums_alone():
    draw = np.random.default_rng(1)
    a, b = draw.normal(0, 1, 40), draw.normal(0.5, 2, 60)
    sums = ((a.sum(), b.sum()), ((a**2).sum(), (b**2).sum()), (40, 60))
    assert means_differ(*sums) == pytest.approx(ttest_ind(a, b, equal_var=False).pvalue)
    assert means_differ((1.0, 2.0), (1.0, 4.0), (1, 1)) == 1.0
    assert means_differ((2.0, 4.0), (2.0, 8.0), (2, 2)) < 1e-100
    assert means_differ((2.0, 2.0), (2.0, 2.0), (2, 2)) == 1.0


def test_together_is_fisher_s_combination():
    assert together([0.05, 0.05]) == pytest.approx(0.01747866, abs=1e-6)


def test_difference_in_differences_takes_away_what_everybody_did():
    moved = np.array([[80.0, 20.0, 20.0, 80.0]])
    still = np.array([[800.0, 800.0, 200.0, 200.0]])
    effect, error, would = did_log_odds(moved, still)
    assert effect[0] == pytest.approx(2 * np.log(80.5 / 20.5))
    assert error[0] == pytest.approx(np.sqrt(2 / 80.5 + 2 / 20.5 + 2 / 800.5 + 2 / 200.5))
    assert would[0] == pytest.approx(20.5 / 101)
    effect, _, would = did_log_odds(moved, 1_000 * moved)
    assert effect[0] == pytest.approx(0, abs=0.05)
    assert would[0] == pytest.approx(0.8, abs=0.01)
