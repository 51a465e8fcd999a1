"""The second look: Fisher, Welch and their combination, from counts and sums."""

import numpy as np
import pytest
from scipy.stats import fisher_exact, ttest_ind

from guanjian.stats.difference import joined, means_differ, moved_beyond, shares_differ, together
from guanjian.stats.exact import SMALLEST


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


def test_joined_is_fisher_s_combination_of_two():
    assert joined(np.array([0.05, 0.3]), np.array([0.05, 1.0])) == pytest.approx(
        [together([0.05, 0.05]), together([0.3, 1.0])]
    )
    assert joined(np.array([1e-300]), np.array([1e-300]))[0] >= SMALLEST


def test_what_everybody_did_is_taken_from_a_move_with_the_error_of_it():
    moved = np.array([[20.0, 80.0, 100.0, 100.0]])
    still = np.array([[200.0, 200.0, 1000.0, 1000.0]])
    seen, expected = moved_beyond(moved, still)
    assert (seen[0], expected[0]) == (80, 0.2)
    grown = np.array([[200.0, 800.0, 1000.0, 1000.0]])
    error = np.sqrt((200.5 / 1001 * 800.5 / 1001) * 2 / 1001)
    seen, expected = moved_beyond(moved, grown)
    assert seen[0] == pytest.approx(80 - (600 / 1001 + error) * 50)
    assert expected[0] == pytest.approx(0.2 + 600 / 1001)
    assert moved_beyond(moved, np.array([[0.0, 5.0, 0.0, 5.0]]))[0][0] == 80
