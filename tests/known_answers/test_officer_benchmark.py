"""Methods §1.3: few planted officers among thousands are found, and crude rates are not to be trusted."""

import numpy as np
import pytest
from scipy.optimize import minimize

from guanjian.stats.benchmark import effects
from guanjian.stats.fdr import benjamini_hochberg
from guanjian.stats.local_fdr import empirical_null, local_fdr
from tests.speed import bench_benchmark as bench


def test_few_planted_officers_are_found_among_many_at_a_small_share_of_false_ones():
    draw = np.random.default_rng(11)
    pools, bad = 40, np.zeros(40 * bench.OFFICERS, bool)
    bad[draw.choice(bad.size, 6, replace=False)] = True
    parts = [bench.pool(draw, mine) for mine in bad.reshape(pools, -1)]
    z = np.concatenate([effects(*part).z for part in parts])
    null = empirical_null(z)
    flagged = benjamini_hochberg(null.lower_tail(z)) <= 0.05
    assert (flagged & bad).sum() >= 4
    assert (flagged & ~bad).sum() <= 1
    assert np.median(local_fdr(z, null)[bad]) < 0.2
    assert local_fdr(z, null)[~bad].mean() > 0.9
    rate = np.concatenate([np.bincount(officer, told) / bench.RECORDS for officer, _, told in parts])
    assert (rate < rate.mean() - 3 * np.sqrt(rate.mean() * (1 - rate.mean()) / bench.RECORDS)).sum() > 60


def test_the_difference_is_what_was_planted_although_the_mixes_differ():
    draw = np.random.default_rng(5)
    officer = np.repeat(np.arange(5), 4_000)
    x = draw.normal(0, 1, officer.size) + 0.8 * (officer == 2)
    told = draw.random(officer.size) < np.clip(0.25 + 0.1 * x - 0.08 * (officer == 2), 0, 1)
    found = effects(officer, x[:, None], told)
    assert found.effect[2] == pytest.approx(-0.08, abs=0.02)
    assert found.own[2] - told[officer != 2].mean() > -0.03  # the crude rates hide it
    assert found.z[2] < -5
    assert found.comparable[2] > 1_000


def test_weights_and_regression_are_the_textbook_s():
    draw = np.random.default_rng(6)
    officer, x = draw.integers(0, 3, 90), draw.normal(0, 1, (90, 2))
    y = (draw.random(90) < 0.4).astype(float)
    found = effects(officer, x, y)
    full = np.hstack([x, (x - x.mean(0)) ** 2])
    design = np.column_stack([np.ones(90), (full - full.mean(0)) / full.std(0)])
    for who in range(3):
        mine = (officer == who).astype(float)

        def unlikely(beta, mine=mine):
            at = design @ beta
            return (np.logaddexp(0, at) - mine * at).sum() + 0.5 * (beta[1:] ** 2).sum()

        beta = minimize(unlikely, np.zeros(5), method="BFGS", options={"gtol": 1e-9}).x
        weight = np.where(mine > 0, 1, np.exp(design @ beta))
        root = np.sqrt(weight)[:, None]
        table = np.column_stack([design, mine])
        solved = np.linalg.lstsq(table * root, y * root[:, 0], rcond=None)[0]
        assert found.effect[who] == pytest.approx(solved[-1], rel=1e-3)


def test_the_middle_of_the_z_values_is_the_null_and_the_few_beyond_are_told_apart():
    draw = np.random.default_rng(7)
    z = np.concatenate([draw.normal(-0.3, 1.2, 2_850), draw.normal(-6, 1, 150)])
    null = empirical_null(z)
    assert (null.centre, null.spread, null.share) == pytest.approx((-0.3, 1.2, 0.95), abs=0.1)
    truth = 0.95 * np.exp(-0.5 * ((z + 0.3) / 1.2) ** 2) / 1.2
    truth = truth / (truth + 0.05 * np.exp(-0.5 * (z + 6) ** 2))
    assert np.abs(local_fdr(z, null) - truth).mean() < 0.05


def test_too_few_officers_teach_no_null():
    assert empirical_null(np.array([3.0, -4.0])).spread == 1
    assert local_fdr(np.array([3.0, -4.0]), empirical_null(np.zeros(2))).tolist() == [1, 1]
