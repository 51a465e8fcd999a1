"""Rates that differ like a logarithmic normal law: the zero of a Poisson mixture, and how much they differ."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from guanjian.stats.rates import none_at_all, spread_of_rates


def _drawn(spread: float, subjects: int = 3000) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(3)
    expected = draw.uniform(0.5, 12, subjects)
    return draw.poisson(expected * np.exp(spread * draw.standard_normal(subjects) - spread**2 / 2)), expected


def test_none_at_all_is_the_integral():
    assert none_at_all(np.array([3.0]), 0.0)[0] == pytest.approx(np.exp(-3))
    exact = quad(lambda z: norm.pdf(z) * np.exp(-8 * np.exp(0.5 * z - 0.125)), -9, 9)[0]
    assert none_at_all(np.array([8.0]), 0.5)[0] == pytest.approx(exact, rel=1e-6)


@pytest.mark.parametrize("spread", [0.0, 0.4, 0.9])
def test_the_spread_is_learned(spread):
    assert spread_of_rates(*_drawn(spread)) == pytest.approx(spread, abs=0.051)


def test_a_few_odd_ones_do_not_move_it():
    seen, expected = _drawn(0.4)
    odd = np.append(seen, [0, 0, 300, 250, 200]), np.append(expected, [90.0, 60.0, 20.0, 20.0, 15.0])
    assert spread_of_rates(*odd) == pytest.approx(spread_of_rates(seen, expected), abs=0.051)


def test_too_few_say_nothing():
    assert spread_of_rates(np.array([0.0, 40.0]), np.array([20.0, 5.0])) == 0
    assert spread_of_rates(np.zeros(0), np.zeros(0)) == 0
