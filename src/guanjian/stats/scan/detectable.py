"""Could anything have been seen here? The power of a cell of this volume, and the volume that would be needed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import nbinom, poisson

from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import Text

SEEN = Text("此业务量可发现（把握{power:.0%}）。", "Detectable at this volume (power {power:.0%}).")
UNSEEN = Text(
    "此业务量下不可发现（把握{power:.0%}）；期望案数须达到{needed:.1f}。",
    "Not detectable at this volume (power {power:.0%}); {needed:.1f} expected cases would be needed.",
)


@dataclass(frozen=True)
class Detectable:
    """Power against the given relative risk; the expected cases at which it reaches what was asked."""

    power: float
    needed: float
    enough: bool
    sentence: Text


def detectable(expected: float, score: float, risk: float = 2.0, phi: float = 1.0, power: float = 0.8) -> Detectable:
    """`score`: the statistic that an alarm takes (such as the 95 % point of chance's maxima of `nb_tail`)."""
    if expected < 0 or score <= 0 or risk <= 1 or phi < 1 or not 0 < power < 1:
        raise BadInput(
            "期望案数不得为负，界限须为正，相对风险大于1，离散度不小于1。",
            "Expected >= 0, score > 0, risk > 1, phi >= 1.",
        )
    have = _power(expected, score, risk, phi)
    low, high = 0.0, max(expected, 1.0)
    while _power(high, score, risk, phi) < power and high < 1e9:
        low, high = high, high * 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if _power(middle, score, risk, phi) >= power else (middle, high)
    told = SEEN if have >= power else UNSEEN
    return Detectable(have, high, have >= power, told.filled(power=have, needed=high))


def _power(expected: float, score: float, risk: float, phi: float) -> float:
    """P(count reaches the critical one) when the true mean is risk x expected."""
    if expected <= 0:
        return 0.0
    tail = np.exp(-score)
    if phi <= 1 + 1e-9:
        critical = poisson.isf(tail, expected) + 1
        return float(poisson.sf(critical - 1, risk * expected))
    critical = nbinom.isf(tail, expected / (phi - 1), 1 / phi) + 1
    return float(nbinom.sf(critical - 1, risk * expected / (phi - 1), 1 / phi))
