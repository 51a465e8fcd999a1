"""Is each officer's likeness to colleagues' work really the most likely one, even with a record or two?"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from guanjian.stats.benchmark import RIDGE, _propensity, _standardised


@pytest.mark.parametrize("seed", range(10))
def test_the_regressions_end_at_the_top_of_their_likelihood_even_with_one_odd_record(seed):
    rng = np.random.default_rng(seed)
    odd = np.arange(26) == 0  # the single record of the first officer, unlike all others in every way
    features = [rng.normal(0, 1, 26) + 3 * odd, odd, rng.random(26) < 0.08, (rng.random(26) < 0.1) | odd]
    features += [rng.normal(0, 1, 26) + 2 * odd, rng.random(26) < 0.5, rng.lognormal(0, 2, 26) * (1 + 50 * odd)]
    features = np.column_stack(features)
    officer = np.concatenate([[0], rng.integers(1, 4, 25)])
    design = _standardised(features)
    mine = (officer == np.arange(4)[:, None]).astype(float)
    chance = _propensity(mine, design)
    for own, found in zip(mine, chance, strict=True):
        assert found == pytest.approx(_slowly(own, design), rel=1e-5, abs=1e-8)


def _slowly(own: np.ndarray, design: np.ndarray) -> np.ndarray:
    """The same penalised regression by a general minimiser."""

    def unlikely(beta):
        at = design @ beta
        return (np.logaddexp(0, at) - own * at).sum() + 0.5 * RIDGE * (beta[1:] ** 2).sum()

    def slope(beta):
        return design.T @ (1 / (1 + np.exp(-design @ beta)) - own) + RIDGE * np.array([0, *beta[1:]])

    found = minimize(unlikely, np.zeros(design.shape[1]), jac=slope, method="BFGS", options={"gtol": 1e-10})
    return 1 / (1 + np.exp(-design @ found.x))
