"""Both compiled kernels give exactly what the plain reading gives, on problems made at random."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanjian.stats.scan import Settings, Statistic, Tree, adjacent, circles, scan
from guanjian.stats.scan.draws import dense, events
from guanjian.stats.scan.geometry import distances
from guanjian.stats.scan.kernel import INT16_MOST
from guanjian.stats.scan.plain import maximum
from guanjian.stats.scan.problem import pose
from guanjian.stats.scan.search import _in_lanes, fullest, search

DAG = Tree.of([("a", ""), ("b", "a"), ("c", "a"), ("d", "b"), ("d", "c"), ("e", "")])


@st.composite
def problems(draw):
    """A small map, a DAG of five nodes, a few steps, any statistic."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    places, steps = draw(st.integers(2, 5)), draw(st.integers(1, 3))
    points = rng.integers(0, 4, (places, 2)).astype(float)
    statistic = draw(st.sampled_from(list(Statistic)))
    exposure = rng.integers(1, 9, (steps, 5, places)).astype(float)
    cases = rng.binomial(exposure.astype(int), 0.4).astype(float)
    how = Settings(
        statistic,
        window=draw(st.integers(1, 4)),
        shortest=draw(st.integers(1, 2)),
        alive=draw(st.booleans()),
        by_size=draw(st.booleans()),
        min_cases=draw(st.integers(1, 3)),
        dispersion=draw(st.sampled_from([1.0, 1.04, 1.3, 1.777, 2.5])),
        chance=0.3,
        baseline="given" if statistic in (Statistic.NB_TAIL, Statistic.POISSON_EB) else None,
        max_share=draw(st.sampled_from([0.7, 1.0])),
        risk_window=draw(st.sampled_from([0.0, 0.6])),
    )
    near = circles(points) if draw(st.booleans()) else adjacent(distances(points), distances(points) < 2.1, 3)
    zones = near if near.within(exposure.sum(axis=(0, 1)), how.max_share).stop.any() else circles(points)
    return pose(cases, zones, exposure, DAG, replace(how, max_share=1.0 if zones is not near else how.max_share))


@settings(max_examples=1000, deadline=None)
@given(problems(), st.integers(0, 2**32), st.floats(0.1, 6))
def test_fast_kernels_equal_the_plain_reading(problem, seed, cut):
    if problem.total == 0:
        return
    drawn = events(problem, np.random.default_rng(seed), 2)
    told = maximum(problem, dense(problem, drawn, 1))
    swept = [search(problem, dense(problem, drawn, lane), 0.0).score.max() for lane in range(2)]
    assert swept[1] == pytest.approx(told, abs=1e-9)
    assert _in_lanes(problem, np.random.default_rng(seed), 2, cut) == pytest.approx(swept, abs=1e-9)
    above = search(problem, dense(problem, drawn, 1), cut).score.max()
    assert above == pytest.approx(told, abs=1e-9) if told > cut else above <= cut


def test_a_top_just_below_the_cut_is_the_top():
    trials = np.array([[[4.0, 7], [3, 3], [1, 5], [6, 2], [1, 3]], [[1, 7], [5, 2], [1, 4], [6, 1], [7, 6]]])
    how = Settings(Statistic.BERNOULLI_FIXED, window=2, alive=False, min_cases=1, chance=0.3, max_share=1.0)
    problem = pose(np.ones_like(trials), circles(np.array([[0.0, 0], [1, 0]])), trials, DAG, how)
    for seed in range(6300, 6400):
        drawn = events(problem, np.random.default_rng(seed), 2)
        told = [maximum(problem, dense(problem, drawn, lane)) for lane in range(2)]
        assert _in_lanes(problem, np.random.default_rng(seed), 2, 4.5) == pytest.approx(told, abs=1e-9)


@pytest.mark.parametrize("statistic", ["nb_tail", "poisson_cond", "poisson_eb", "st_permutation"])
def test_a_planted_excess_is_found_where_it_is(statistic):
    rng = np.random.default_rng(4)
    points = rng.random((20, 2))
    cases = rng.poisson(2.0, (60, 5, 20)).astype(float)
    struck = circles(points).members(7, 3)
    cases[np.ix_(range(56, 60), [3], struck)] += 5
    exposure = np.full(cases.shape, 2.0) if statistic == "poisson_eb" else None
    how = Settings(statistic, window=8, replicates=99, baseline="given" if exposure is not None else None)
    best = scan(cases, circles(points), exposure, DAG, how).clusters[0]
    assert (best.node, best.first, best.last, best.p) == ("d", 56, 59, 0.01)
    assert set(best.places) == set(struck.tolist())


def test_too_many_cases_for_the_lanes_are_read_one_by_one():
    cases = np.array([40_000.0, 39_000.0, 41_000.0])
    found = scan(cases, circles(np.array([[0.0, 0], [1, 0], [5, 0]])), settings=Settings("poisson_cond", replicates=19))
    assert found.clusters[0].observed == 41_000
    assert len(found.maxima) == 19
    assert 0 < found.clusters[0].p < 0.2


def test_lanes_hold_more_cases_than_one_number_where_no_zone_does():
    points = np.column_stack([np.arange(60.0), np.zeros(60)])
    cases = np.full((1, 5, 60), 200.0)
    how = Settings(window=1, baseline="given", dispersion=1.3, max_share=1.0)
    problem = pose(cases, circles(points, neighbours=3), cases, DAG, how)
    assert problem.total > INT16_MOST > 2 * fullest(problem) + 1000
    drawn = events(problem, np.random.default_rng(3), 4)
    told = [search(problem, dense(problem, drawn, lane), 0.0).score.max() for lane in range(4)]
    assert _in_lanes(problem, np.random.default_rng(3), 4, 2.0) == pytest.approx(told, abs=1e-9)
    assert fullest(problem) == pytest.approx(cases[0, :, :3].sum())


def test_a_window_is_lessened_by_how_many_of_its_size_there_are():
    places = circles(np.array([[0.0, 0], [1, 0], [5, 0], [9, 9]]))
    how = Settings(window=6, baseline="given", dispersion=1.2, max_share=1.0)
    branch, crowd = pose(np.ones((6, 5, 4)), places, np.ones((6, 5, 4)), DAG, how).rivals
    whole, least = branch[DAG.index("a")] + crowd[5, 3], branch[DAG.index("d")] + crowd[0, 0]
    assert whole == pytest.approx(np.log(5 / 4))
    assert least == pytest.approx(np.log(5 * 4 * 6))
    plain = pose(np.ones((6, 5, 4)), places, np.ones((6, 5, 4)), DAG, replace(how, by_size=False)).rivals
    assert not plain[0].any()
    assert not plain[1].any()


def test_a_broad_excess_is_stranger_where_sizes_compete_on_even_terms():
    def chance(seed: int, by_size: bool) -> float:
        rng = np.random.default_rng(seed)
        cases = rng.poisson(0.6, (80, 5, 30)).astype(float)
        cases[-6:] = rng.poisson(0.69, (6, 5, 30))
        how = Settings(window=12, max_share=1.0, replicates=99, by_size=by_size)
        return scan(cases, circles(rng.random((30, 2))), None, DAG, how).clusters[0].p

    told = np.array([[chance(seed, by_size) for by_size in (True, False)] for seed in range(4)])
    assert (told[:, 0] <= told[:, 1]).all()
    assert told[:, 0].mean() < 0.7 * told[:, 1].mean()
