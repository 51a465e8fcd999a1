"""The stability index by hand, and what chance makes of it."""

import numpy as np
import pytest

from guanjian.stats.drift import by_chance, stability


def test_by_hand():
    assert stability([50, 50], [50, 50]) == 0
    assert stability([50, 50], [80, 20]) == pytest.approx(0.3 * np.log(1.6) - 0.3 * np.log(0.4))
    assert stability([50, 50], [80, 20]) == pytest.approx(stability([80, 20], [50, 50]))
    assert np.isfinite(stability([100, 0], [0, 100]))


def test_the_mean_of_quiet_samples_is_what_chance_explains():
    draw = np.random.default_rng(3)
    mix = np.array([0.4, 0.3, 0.2, 0.1])
    before, after = draw.multinomial(800, mix, 3_000), draw.multinomial(500, mix, 3_000)
    seen = np.mean([stability(b, a) for b, a in zip(before, after, strict=True)])
    assert seen == pytest.approx(by_chance(before[0], after[0]), rel=0.05)
