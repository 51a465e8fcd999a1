"""How strange is a count? Every statistic of the scan as one scalar function, monotone in the count.

Sources: Kulldorff 1997 (Poisson, Bernoulli), Kulldorff et al. 2005 (space-time permutation), Neill 2009
(expectation-based). `nb_tail` is -log P(N >= c), N negative binomial with mean mu and variance phi * mu,
which stays so under summation. Each is 0 where the count does not exceed what is expected.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from guanjian.kernel.words import Names


class Statistic(Names):
    """What is computed in each window; `nb_tail` is the default because real counts vary more than Poisson."""

    NB_TAIL = "nb_tail", "负二项尾概率（默认）", "Negative binomial tail (default)"
    POISSON_COND = "poisson_cond", "条件泊松", "Conditional Poisson"
    POISSON_EB = "poisson_eb", "期望泊松", "Expectation-based Poisson"
    BERNOULLI = "bernoulli", "伯努利", "Bernoulli"
    BERNOULLI_FIXED = "bernoulli_fixed", "已知概率的伯努利", "Bernoulli with a given probability"
    ST_PERMUTATION = "st_permutation", "时空置换", "Space-time permutation"

    @property
    def kind(self) -> int:
        """The number by which the kernels know it."""
        return {"nb_tail": 0, "poisson_cond": 1, "st_permutation": 1, "poisson_eb": 2, "bernoulli": 3}.get(self, 4)


NEVER = np.int32(2**31 - 1)  # a threshold that no count reaches


@njit(cache=True, nogil=True)
def score(kind, c, mu, phi, whole):
    """The statistic of one window: count c, expectation mu (for Bernoulli trials), whole = (all cases, all trials)."""
    if kind == 0:
        return nb_tail(c, mu, phi)
    if kind == 1:
        return _poisson_cond(c, mu, whole[0])
    if kind == 2:
        return c * math.log(c / mu) + mu - c if c > mu else 0.0
    if kind == 3:
        return _bernoulli(c, mu, whole[0], whole[1])
    return _bernoulli_fixed(c, mu, whole[1])


@njit(cache=True, nogil=True)
def _xlogy(x, y):
    return x * math.log(y) if x > 0 else 0.0


@njit(cache=True, nogil=True)
def _poisson_cond(c, mu, cases):
    if c <= mu or mu >= cases:
        return 0.0
    return _xlogy(c, c / mu) + _xlogy(cases - c, (cases - c) / (cases - mu))


@njit(cache=True, nogil=True)
def _bernoulli(c, n, cases, size):
    if c * size <= cases * n or n >= size:
        return 0.0
    inside = _xlogy(c, c / n) + _xlogy(n - c, (n - c) / n)
    rest = size - n
    outside = _xlogy(cases - c, (cases - c) / rest) + _xlogy(rest - cases + c, (rest - cases + c) / rest)
    return inside + outside - _xlogy(cases, cases / size) - _xlogy(size - cases, (size - cases) / size)


@njit(cache=True, nogil=True)
def _bernoulli_fixed(c, n, chance):
    if c <= n * chance:
        return 0.0
    return _xlogy(c, c / (n * chance)) + _xlogy(n - c, (n - c) / (n * (1 - chance)))


@njit(cache=True, nogil=True)
def nb_tail(c, mu, phi):
    """-log P(N >= c) by its series from c upwards; phi <= 1 + 1e-9 is Poisson."""
    if c <= mu or c <= 0 or mu <= 0:
        return 0.0
    if phi <= 1 + 1e-9:
        head = c * math.log(mu) - mu - math.lgamma(c + 1)
        r, q = 0.0, 0.0
    else:
        r, q = mu / (phi - 1), (phi - 1) / phi
        head = math.lgamma(r + c) - math.lgamma(r) - math.lgamma(c + 1) - r * math.log(phi) + c * math.log(q)
    term, total, k = 1.0, 1.0, c
    while term > 1e-17 * total:
        term *= (r + k) * q / (k + 1) if q > 0 else mu / (k + 1)
        total += term
        k += 1
    return -(head + math.log(total))


@njit(cache=True, nogil=True)
def thresholds(kind, cut, whole, grid):
    """Smallest count that can reach `cut` for any mu in each cell of grid = (scale, cells) over sqrt(mu); not `nb_tail`.

    Cell g holds mu in [(g / scale)^2, ((g + 1) / scale)^2). The bound of its lower end is never too high, because
    every statistic falls as mu grows; survivors are scored exactly.
    """
    scale, cells = grid
    cases, size = whole
    table = np.empty(cells, np.int32)
    most = cases if kind == 1 or kind == 3 else 2.0e9
    c = 1.0
    for g in range(cells):
        low = max((g / scale) ** 2 * (1 - 1e-9), 1e-300)
        if kind < 3:
            c = max(c, math.floor(low))
        while c <= most and score(kind, c, max(low, c) if kind >= 3 else low, 1.0, whole) < cut:
            if kind >= 3 and max(low, c) >= (size if kind == 3 else 2.0e9):
                c = most + 1
            else:
                c += 1
        table[g] = int(c) if c <= most else NEVER
    return table


@njit(cache=True, nogil=True)
def nb_thresholds(phi, levels, grid):
    """Smallest counts whose `nb_tail` can reach levels[j], for any mu in each cell of grid, as in `thresholds`.

    (levels, cells): one walk up the probabilities and one back give the tails of all counts of a cell at once.
    """
    scale, cells = grid
    table = np.empty((len(levels), cells), np.int32)
    bars = np.exp(-levels) * (1 + 1e-9)
    room = np.empty(1024)
    for g in range(cells):
        mu = max((g / scale) ** 2 * (1 - 1e-9), 1e-300)
        first = max(1, math.floor(mu) + 1)
        room, held = _tails(mu, phi, (first, levels[-1]), room)
        c = 0
        for j in range(len(levels)):
            while c < held - 1 and room[c] > bars[j]:
                c += 1
            table[j, g] = first + c
    return table


@njit(cache=True, nogil=True)
def _tails(mu, phi, reach, room):
    """P(N >= c) for c from `first` until it is below exp(-most); in `room`, grown where need be, and how many."""
    first, most = reach
    r, q = (mu / (phi - 1), (phi - 1) / phi) if phi > 1 + 1e-9 else (0.0, 0.0)
    if q > 0:
        head = math.lgamma(r + first) - math.lgamma(r) - math.lgamma(first + 1) - r * math.log(phi)
        head += first * math.log(q)
    else:
        head = first * math.log(mu) - mu - math.lgamma(first + 1)
    chance, end, held, k = math.exp(head), math.exp(-most - 30), 0, first
    while held < 2 or chance > end:
        if held == len(room):
            room = np.concatenate((room, np.empty(len(room))))
        room[held] = chance
        held += 1
        chance *= (r + k) * q / (k + 1) if q > 0 else mu / (k + 1)
        k += 1
    for i in range(held - 2, -1, -1):
        room[i] += room[i + 1]
    return room, held
