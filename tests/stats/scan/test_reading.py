"""A planted systemic, regional, crossed or single excess is read as what it is, its shares shown."""

import numpy as np
import pytest

from guanjian.kernel.errors import BadInput
from guanjian.stats.scan import Settings, Tree, circles, scan
from guanjian.stats.scan.detectable import detectable
from guanjian.stats.scan.reading import Shape, read_shape, shares

LINES = Tree.of([("all", ""), *((f"g{i}", "all") for i in range(4)), *((f"l{i}", f"g{i // 3}") for i in range(12))])
POINTS = np.random.default_rng(8).random((30, 2))


def planted(lines, places, excess):
    rng = np.random.default_rng(11)
    mean = np.zeros((50, len(LINES.names), 30))
    mean[:, [LINES.index(f"l{i}") for i in range(12)]] = 1.5
    mean[np.ix_(range(46, 50), [LINES.index(f"l{i}") for i in lines], places)] *= excess
    cases = rng.poisson(mean).astype(float)
    how = Settings("nb_tail", window=6, replicates=39, max_share=1)
    found = scan(cases, circles(POINTS), tree=LINES, settings=how)
    return found, read_shape(found.problem, found.clusters[0], 50)


NEAR = circles(POINTS).members(4, 3).tolist()


@pytest.mark.parametrize(
    ("lines", "places", "excess", "shape"),
    [
        (range(3, 6), range(30), 1.8, Shape.SYSTEMIC),
        (range(12), NEAR, 1.8, Shape.REGIONAL),
        (range(3, 6), NEAR, 3.0, Shape.CROSS),
        ([4], [7], 6.0, Shape.SINGLE),
    ],
)
def test_shape_of_a_planted_excess(lines, places, excess, shape):
    found, told = planted(lines, places, excess)
    assert found.clusters[0].p == 0.025
    assert told.shape is shape
    assert told.line_share + told.place_share + told.crossing_share == pytest.approx(1, abs=1e-6)
    if shape is Shape.SYSTEMIC:
        assert told.line_share > told.place_share
        assert told.places_raised > 0.8
    if shape is Shape.REGIONAL:
        assert told.place_share > told.line_share
        assert told.lines_raised > 0.6


def test_shares_of_pure_effects():
    mean = np.full((4, 5), 10.0)
    assert shares(mean * np.array([[1], [2], [1], [1]]), mean) == pytest.approx((1, 0, 0), abs=1e-9)
    assert shares(mean * np.array([1, 1, 1, 3, 1]), mean) == pytest.approx((0, 1, 0), abs=1e-9)
    assert shares(mean, mean) == (0, 0, 0)


def test_a_sparse_cell_is_not_detectable_and_the_needed_volume_is():
    told = detectable(0.1, score=9.0, risk=2.0, phi=1.5)
    assert not told.enough
    assert told.power < 0.01
    assert "不可发现" in told.sentence.zh
    assert detectable(told.needed * 1.1, score=9.0, risk=2.0, phi=1.5).enough
    assert not detectable(told.needed * 0.8, score=9.0, risk=2.0, phi=1.5).enough
    with pytest.raises(BadInput):
        detectable(1.0, score=9.0, risk=0.5)
