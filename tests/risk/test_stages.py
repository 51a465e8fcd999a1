"""Stages come from a fitted chain, change readily upwards and slowly back, and only with evidence."""

import numpy as np

from guanjian.kernel.risks import Stage
from guanjian.risk.chain import Chain, fit, fitted, stated
from tests.risk.worlds import RULES

MEAN = np.array([[0.0, -4, 1, 0], [0.5, -2.5, 2, 1], [1.0, -1, 2.5, 2], [1.2, 0.5, 3, 2]])


def course(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Ten weeks in each stage, scattered round its middle."""
    truth = np.repeat(np.arange(4), 10)
    return MEAN[truth] + np.random.default_rng(seed).normal(0, 0.3, (40, 4)), truth


def test_a_fit_finds_the_stages_that_made_the_courses():
    chain = fit([course(seed) for seed in range(5)])
    np.testing.assert_allclose(chain.mean, MEAN, atol=0.2)
    assert (np.diag(chain.move) > 0.8).all()
    np.testing.assert_allclose(chain.move.sum(axis=1), 1)


def test_the_filter_follows_a_risk_that_ripens():
    chain = fit([course(seed) for seed in range(5)])
    features, truth = course(9)
    belief, said = (), []
    for week in features:
        belief = chain.filtered(belief, week)
        said.append(int(np.argmax(belief)))
        assert abs(sum(belief) - 1) < 1e-9
    assert np.mean(np.array(said) == truth) > 0.9


def test_the_shipped_chain_reads_more_breadth_as_riper():
    chain = fitted()
    beliefs = [chain.filtered((), np.array([0.9, np.log((b + 0.01) / (1.01 - b)), 2.5, 1.5])) for b in (0.03, 0.2, 0.7)]
    ripeness = [float(np.arange(4) @ np.array(belief)) for belief in beliefs]
    assert ripeness == sorted(ripeness)
    assert ripeness[-1] - ripeness[0] > 0.5


def test_a_chain_is_the_same_after_paper():
    chain = fitted()
    assert Chain.of(chain.as_dict()).as_dict() == chain.as_dict()


def test_what_lies_ahead_is_a_distribution_too():
    ahead = fitted().ahead((0.0, 1.0, 0.0, 0.0), 4)
    assert abs(ahead.sum() - 1) < 1e-4
    assert ahead[2:].sum() > 0


def test_a_stage_is_raised_as_soon_as_the_chain_is_sure():
    assert stated(Stage.EMERGING, 0, (0.0, 0.3, 0.7, 0.0), RULES) == (Stage.TRENDING, 0)
    assert stated(Stage.EMERGING, 0, (0.0, 0.5, 0.5, 0.0), RULES) == (Stage.EMERGING, 0)
    assert stated(Stage.LATENT, 0, (0.0, 0.1, 0.2, 0.7), RULES) == (Stage.GENERAL, 0)


def test_a_stage_falls_by_one_only_after_the_chain_was_sure_for_some_weeks():
    stage, falling = Stage.GENERAL, 0
    said = []
    for _ in range(RULES.steady):
        stage, falling = stated(stage, falling, (0.95, 0.05, 0.0, 0.0), RULES)
        said.append(stage)
    assert said == [Stage.GENERAL] * (RULES.steady - 1) + [Stage.TRENDING]


def test_a_doubtful_week_begins_the_count_anew():
    assert stated(Stage.GENERAL, 3, (0.0, 0.0, 0.5, 0.5), RULES) == (Stage.GENERAL, 0)
