"""Ranks among peers, weights over what is known, and values as they could have been."""

import numpy as np
import pytest

from guanjian.stats.composite import composite, coverage, doubtful, peer_ranks, redrawn

NAN = float("nan")


def test_ranks_run_from_worst_to_best_within_each_group():
    values, groups = np.array([0.1, 0.3, 0.2, 5.0, 6.0, 7.0, 7.0]), np.array(list("aaabbbb"))
    assert peer_ranks(values, groups, True) == pytest.approx([1 / 6, 5 / 6, 3 / 6, 1 / 8, 3 / 8, 6 / 8, 6 / 8])
    assert peer_ranks(values, groups, False) == pytest.approx([5 / 6, 1 / 6, 3 / 6, 7 / 8, 5 / 8, 2 / 8, 2 / 8])


def test_fewer_than_three_peers_are_not_compared():
    values, groups = np.array([1.0, 2.0, 3.0, NAN]), np.array(list("aabb"))
    assert np.isnan(peer_ranks(values, groups, True)).all()


def test_a_composite_weighs_the_parts_that_are_known():
    ranks, weights = np.array([[1.0, 0.0], [NAN, 0.5], [NAN, NAN]]), np.array([3.0, 1.0])
    assert composite(ranks, weights)[:2] == pytest.approx([0.75, 0.5])
    assert np.isnan(composite(ranks, weights)[2])
    assert coverage(ranks, weights) == pytest.approx([1.0, 0.25, 0.0])


def test_a_share_of_few_is_drawn_wider_than_one_of_many_and_a_ratio_stays():
    rng = np.random.default_rng(1)
    cases, exposure = np.array([5.0, 500.0, 0.0]), np.array([10.0, 1000.0, 0.0])
    drawn = np.array([redrawn(cases, exposure, True, rng) for _ in range(500)])
    assert drawn[:, 0].std() > 5 * drawn[:, 1].std() > 0
    assert np.isnan(drawn[:, 2]).all()
    assert redrawn(cases, exposure, False, rng)[:2] == pytest.approx([0.5, 0.5])


def test_doubt_about_weights_is_a_quarter_either_way():
    drawn = np.array([doubtful(np.array([2.0, 1.0]), np.random.default_rng(n)) for n in range(200)])
    assert (drawn >= [1.5, 0.75]).all()
    assert (drawn <= [2.5, 1.25]).all()
