"""How often should two meet in a rare event, by how often each of them meets all others?

Chances differ from pair to pair, events are few: the rate of a pair is the rate of its group, times what either side has
beyond it with all the others. Each factor is learned without the pair itself and drawn towards one as if `borrowed`
events had come at the usual rate (gamma–Poisson shrinkage); what is not known of the factors widens the variance.
"""

from __future__ import annotations

import numpy as np


def pair_rates(
    events: np.ndarray, chances: np.ndarray, elsewhere: tuple[float, float], borrowed: float
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of the events of every pair of one group (rows × columns), had the pair nothing of its own.

    `elsewhere`: events and chances of all other groups.
    """
    usual = (elsewhere[0] + events.sum() - events + 0.5) / (elsewhere[1] + chances.sum() - chances + 1.0)
    his, its = (events.sum(axis=side, keepdims=True) - events for side in (1, 0))
    his_chances, its_chances = (chances.sum(axis=side, keepdims=True) - chances for side in (1, 0))
    rest = events.sum() - his - its - events
    rest_chances = chances.sum() - his_chances - its_chances - chances
    rate = (rest + borrowed) / (rest_chances + borrowed / usual)
    row = (his + borrowed) / (rate * his_chances + borrowed)
    column = (its + borrowed) / (rate * its_chances + borrowed)
    mean = chances * rate * row * column
    unsure = sum(1 / (known + borrowed) for known in (his, its, rest))
    return mean, mean + mean**2 * unsure
