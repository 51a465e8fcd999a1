"""What if it had been handled in week k: the same chances, with and without a measure."""

import numpy as np
import pytest

from guanjian.kernel.errors import BadInput
from guanjian.kernel.risks import Stage
from guanjian.risk.judge import Setting
from guanjian.risk.replay import Measure, handled_panel, replay, stages
from tests.risk.worlds import RULES, A, mask, panel, places, raised


def epidemic(weeks: int = 40, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Counts of six units where each reaches its neighbours, and who reaches whom."""
    rng = np.random.default_rng(seed)
    reach = (np.abs(np.subtract.outer(np.arange(6), np.arange(6))) == 1).astype(float)
    reach /= reach.sum(axis=1, keepdims=True)
    y = [np.array([6.0, 1, 0, 0, 0, 0])]
    for _ in range(weeks - 1):
        y.append(rng.poisson(0.6 * y[-1] + 0.48 * (y[-1] @ reach) + 0.4).astype(float))
    return np.array(y), reach


def test_without_the_measure_it_is_what_happened():
    y, reach = epidemic()
    np.testing.assert_allclose(replay(y, reach, Measure(10, 0.6)).without, y)


def test_a_measure_without_effect_changes_nothing():
    y, reach = epidemic()
    told = replay(y, reach, Measure(10, 0.0))
    np.testing.assert_allclose(told.handled, told.without, atol=1e-6)
    assert abs(told.avoided) < 1e-6


def test_earlier_and_stronger_measures_avoid_more_and_nothing_changes_before_them():
    y, reach = epidemic()
    late, early, strong = (replay(y, reach, m) for m in (Measure(20, 0.4), Measure(8, 0.4), Measure(8, 0.8)))
    assert 0 < late.avoided < early.avoided < strong.avoided
    np.testing.assert_allclose(late.handled[:20], y[:20])


def test_the_index_falls_with_the_measure():
    y, reach = epidemic()
    told = replay(y, reach, Measure(10, 0.5))
    assert told.index_handled == pytest.approx(told.index * 0.5, rel=1e-6)


def test_beyond_the_last_week_luck_is_drawn_and_gives_a_range():
    y, reach = epidemic()
    told = replay(y, reach, Measure(35, 0.7), ahead=12)
    assert told.without.shape == (52, 6)
    assert told.low < told.avoided < told.high


def test_a_measure_in_some_units_leaves_the_others_their_own_growth():
    assert Measure(5, 0.5, 2, (1,)).left(9, 3).tolist() == [1, 0.5, 1]
    assert Measure(5, 0.5, 2).left(5, 2).tolist() == [0.75, 0.75]
    assert Measure(5, 0.5, 2).left(4, 2).tolist() == [1, 1]


def test_impossible_measures_are_refused():
    y, reach = epidemic(12)
    with pytest.raises(BadInput, match="0与1"):
        Measure(3, 1.5)
    with pytest.raises(BadInput, match="之后"):
        replay(y, reach, Measure(30, 0.5))


def test_the_judgement_of_the_replayed_spread_is_milder():
    given = panel(40, 5.0)
    for units, first in (([2], 20), ([3], 24), ([1, 4], 28), ([0, 5, 6, 7], 32)):
        given = raised(given, [A], units, first, 5.0)
    cells = mask([A], list(range(8)))
    told = replay(given.cases[:, A], places().reach(), Measure(22, 0.95, 1))
    milder = handled_panel(given, cells, told)
    setting = Setting(RULES)
    before, after = (dict(stages(p, places(), setting, cells, 30)) for p in (given, milder))
    worst = given.weeks[-1]
    rank = {"": -1} | {str(stage): stage.rank for stage in Stage}
    assert rank[after[worst]] < rank[before[worst]]
