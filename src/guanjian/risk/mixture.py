"""Which parts of a whole are raised, and by how much? Two kinds of parts, normal and raised, told apart by their counts.

Counts with variance phi * mean are read as counts / phi of Poisson type. The share of raised parts and their common
relative risk are the most likely ones on a grid, with a mild preference for few; membership is the posterior chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincc, logsumexp

RISKS = np.array([1.3, 1.6, 2.0, 2.5, 3.2, 4.0, 6.0, 10.0])
SHARES = np.concatenate([[0.005, 0.01, 0.02, 0.035], np.arange(0.05, 1.0, 0.05)])
SPIKE = 2.0  # how much (in log likelihood) a raised part must earn before there is one at all


@dataclass(frozen=True)
class Mixture:
    """Share of the parts that is raised, their relative risk, the chance of each part to be raised, the evidence."""

    share: float
    risk: float
    member: np.ndarray
    gain: float


def mixture(seen: np.ndarray, mean: np.ndarray, phi: float = 1.0) -> Mixture:
    """Read the parts (n,) by what was seen and what was expected; parts without expectation are never raised."""
    c, m = np.asarray(seen, float) / phi, np.asarray(mean, float) / phi
    # log likelihood ratio of every part under every relative risk against 1
    ratio = c[None, :] * np.log(RISKS)[:, None] - m[None, :] * (RISKS - 1)[:, None]
    both = np.stack(
        [
            np.log(SHARES)[:, None, None] + ratio[None],
            np.broadcast_to(np.log1p(-SHARES)[:, None, None], (len(SHARES), *ratio.shape)),
        ]
    )
    total = logsumexp(both, axis=0).sum(axis=2) + 0.5 * np.log1p(-SHARES)[:, None]
    at = np.unravel_index(int(total.argmax()), total.shape)
    gain = float(total[at])
    if gain < SPIKE:
        return Mixture(0.0, 1.0, np.zeros(len(c)), max(gain, 0.0))
    part = both[:, at[0], at[1], :]
    member = np.where(m > 0, np.exp(part[0] - logsumexp(part, axis=0)), 0.0)
    return Mixture(float(SHARES[at[0]]), float(RISKS[at[1]]), member, gain)


def chance_above(seen: float, mean: float, phi: float = 1.0, risk: float = 1.0) -> float:
    """P(relative risk > `risk`) after what was seen, with a gamma prior of mean 1 that weighs four cases."""
    return float(gammaincc(4.0 + seen / phi, risk * (4.0 + mean / phi)))
