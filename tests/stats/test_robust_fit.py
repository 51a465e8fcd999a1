"""Lines with cheats among the points: the exhaustive search, many groups at once, equivariance."""

from itertools import combinations

import numpy as np
import pytest

from guanjian.stats import robust_fit
from guanjian.stats.robust_fit import fit


def _world(draw, n, cheats):
    x = draw.normal(5, 1, n)
    y = 2.0 + 1.0 * x + draw.normal(0, 0.1, n)
    y[:cheats] -= draw.uniform(1, 3, cheats)
    return x, y


@pytest.mark.parametrize("seed", range(8))
def test_small_groups_keep_clear_of_the_same_cheats_as_the_exhaustive_search(seed):
    draw = np.random.default_rng(seed)
    x, y = _world(draw, 13, 4)
    lines = [(np.polyfit(x[rows], y[rows], 1), rows) for rows in map(list, combinations(range(13), 7))]
    _, best = min(lines, key=lambda each: ((y[each[1]] - np.polyval(each[0], x[each[1]])) ** 2).sum())
    assert min(best) >= 4
    found = fit(np.zeros(13, int), x[:, None], y, np.array([1.0]))
    assert found.standard[:4].max() < found.standard[4:].min()


def test_a_third_of_cheats_bends_nothing_and_all_of_them_stand_out():
    draw = np.random.default_rng(1)
    x, y = _world(draw, 300, 100)
    found = fit(np.zeros(300, int), x[:, None], y, np.array([1.0]))
    assert found.beta[0] == pytest.approx([2.0, 1.0], abs=0.08)
    assert 0.09 < found.scale[0] < 0.2  # a third of cheats on one side widens the middle half
    assert found.standard[:100].max() < -3
    assert np.abs(found.standard[100:]).max() < 4
    bent = np.polyfit(x, y, 1)
    assert abs(bent[0] * 5 + bent[1] - 7.0) > 0.3


def test_honest_errors_give_nearly_least_squares_and_standard_residuals():
    draw = np.random.default_rng(2)
    x, y = _world(draw, 4_000, 0)
    found = fit(np.zeros(4_000, int), x[:, None], y, np.array([1.0]))
    assert found.beta[0, ::-1] == pytest.approx(np.polyfit(x, y, 1), abs=0.02)
    assert found.standard.std() == pytest.approx(1, abs=0.05)


def test_many_groups_at_once_are_the_groups_one_by_one():
    draw = np.random.default_rng(3)
    parts = [_world(draw, n, n // 5) for n in (12, 40, 90)]
    group = np.repeat([0, 1, 2], [12, 40, 90])
    x, y = (np.concatenate(column) for column in zip(*parts, strict=True))
    shuffled = draw.permutation(group.size)
    together = fit(group[shuffled], x[shuffled, None], y[shuffled], np.array([1.0]))
    for number, (mine, its) in enumerate(parts):
        alone = fit(np.zeros(mine.size, int), mine[:, None], its, np.array([1.0]))
        assert together.beta[number] == pytest.approx(alone.beta[0], rel=1e-6)
        assert together.scale[number] == pytest.approx(alone.scale[0], rel=1e-6)


def test_another_unit_of_measure_changes_no_standard_residual():
    draw = np.random.default_rng(4)
    x, y = _world(draw, 60, 10)
    group = np.zeros(60, int)
    one = fit(group, x[:, None], y, np.array([1.0])).standard
    other = fit(group, x[:, None] + 6.9, y - 2.3, np.array([1.0])).standard
    assert other == pytest.approx(one, rel=1e-6, abs=1e-9)


def test_goods_that_all_cost_the_same_have_no_scale():
    found = fit(np.zeros(5, int), np.arange(5.0)[:, None], 3 + np.arange(5.0), np.array([1.0]))
    assert found.beta[0] == pytest.approx([3, 1])
    assert np.isnan(found.standard).all()


def test_groups_that_are_fitted_a_few_at_a_time_are_fitted_as_all_at_once(monkeypatch):
    draw = np.random.default_rng(4)
    size = draw.integers(0, 40, 60)
    group = draw.permutation(np.repeat(np.arange(60), size))
    x = draw.normal(5, 1, group.size)
    y = np.round(1 + x + draw.normal(0, 0.1, group.size), 1)
    found = []
    for at_once in (1, 200, 10_000):
        monkeypatch.setattr(robust_fit, "AT_ONCE", at_once)
        found.append(fit(group, x[:, None], y, np.array([1.0])))
    for other in found[1:]:
        assert np.array_equal(other.scale, found[0].scale)
        assert np.array_equal(other.standard, found[0].standard, equal_nan=True)


@pytest.mark.parametrize("seed", range(5))
def test_the_better_half_is_what_sorting_by_distance_and_then_upper_first_gives(seed):
    draw = np.random.default_rng(seed)
    group = np.sort(draw.integers(0, 9, 200))
    left = draw.integers(-4, 5, 200) / 4.0  # ties on either side and exact repeats
    better = robust_fit._better_half(group, left, 2, 9)
    for number in range(9):
        mine = np.flatnonzero(group == number)
        keep = min(mine.size // 2 + 1, mine.size)
        nearest = sorted(mine, key=lambda row: (left[row] ** 2, -left[row], row))[:keep]
        assert set(np.flatnonzero(better & (group == number))) == set(nearest)
