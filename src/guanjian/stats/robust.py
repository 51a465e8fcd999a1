"""Middle and spread that a few cheats cannot move, and the tails that go with them."""

from __future__ import annotations

import numpy as np
from scipy.stats import chi2, norm, t

from guanjian.stats.exact import SMALLEST

MAD_TO_SD = 1.4826  # a normal law's standard deviation is so many median absolute deviations
TIE = 1e-9  # of two p-values as large as each other but for a rounding
FEWEST_MIRRORED = 30  # values on the other side from which a tail can be read
MAD_EFFICIENCY = 0.367  # n values tell a MAD as much as 0.367 n would tell a standard deviation


def spread(values: np.ndarray) -> float:
    """1.4826 × the median absolute deviation from the median; 0 for nothing."""
    return float(MAD_TO_SD * np.median(np.abs(values - np.median(values)))) if values.size else 0.0


def tail_beyond(score: np.ndarray, peers: np.ndarray) -> np.ndarray:
    """P(a robust deviation ≥ score) when the spread was learned as a MAD from `peers` values: Student's tail."""
    freedom = np.maximum(MAD_EFFICIENCY * (np.asarray(peers, float) - 1), 1.0)
    return np.clip(t.sf(score, freedom), SMALLEST, 1.0)


def overdispersion(deviations: np.ndarray) -> float:
    """How much wider the middle half of standardised deviations is than the theory says, as a variance; at least 1.

    An empirical null in the sense of Efron: most subjects are honest, so their deviations show the real spread.
    """
    if deviations.size < 20:
        return 1.0
    low, high = np.quantile(deviations, [0.25, 0.75])
    return float(max(1.0, ((high - low) / (2 * 0.67449)) ** 2))


def widened(p: np.ndarray, wider: float) -> np.ndarray:
    """One-sided p-values as their normal deviations ask when the spread is so much wider, as a variance."""
    return p if wider <= 1 else np.clip(norm.sf(norm.isf(p) / wider**0.5), SMALLEST, 1.0)


def shared_part(together: float, pairs: float) -> float:
    """The correlation between two standardised deviations of the same subject, 0 to 1.

    `together`: the products of all such pairs, added up (square of the sum less sum of the squares, over subjects);
    `pairs`: how many there are.
    """
    return min(max(together / pairs, 0.0), 1.0) if pairs > 0 else 0.0


def recalibrated(p: np.ndarray, mirror: np.ndarray, of: int, start: float = 0.05) -> np.ndarray:
    """Small p-values made as large as honest tails ask: the other side of a symmetric law shows how heavy they are.

    `mirror` are the p-values of the opposite tail that are at most `start`, out of `of` subjects. If the law were right
    they would be `start · of` many and −ln(p ÷ start) would average 1 (Hill's estimator); what is seen instead bends
    the tail below `start`, only ever upwards. Fewer than 30 of them cannot say anything.
    """
    p = np.asarray(p, float)
    if mirror.size < FEWEST_MIRRORED:
        return p
    more = max(1.0, mirror.size / (start * of))
    slower = min(1.0, 1.0 / float(np.mean(np.log(start / np.maximum(mirror, SMALLEST)))))
    return np.where(p < start, np.minimum(start * more * (p / start) ** slower, 1.0), np.minimum(p * more, 1.0))


def mirrored(p: np.ndarray, mirror: np.ndarray, of: int, start: float = 0.05) -> np.ndarray:
    """p-values never smaller than the other side shows, also beyond the farthest that is seen there.

    Where a few honest values are odd, the law of the others says nothing of the tail, and the tail grows heavier the
    farther out one looks. `mirror` are the p-values of the opposite tail, one per subject, out of `of` values. The k
    smallest of them, for k = all up to `start`, half of these, … not fewer than 30, lie below an edge s with a mean m
    of ln(s ÷ p): among exponential ones a further one lies beyond u = ln(s ÷ p) with probability (1 + u ÷ km)^−k, so
    that p becomes at least k ÷ of times this (an F law; k tells how well m is known). The largest counts. Fewer than 30
    only count: so many lie as far out.
    """
    p, seen = np.asarray(p, float), np.sort(mirror[mirror <= start])
    if (k := seen.size) < FEWEST_MIRRORED:
        return np.maximum(p, np.searchsorted(seen, p * (1 + TIE), side="right") / max(of, 1))
    found, edge = p, start
    while k >= FEWEST_MIRRORED:
        slope = max(1.0, float(np.mean(np.log(edge / np.maximum(seen[:k], SMALLEST)))))
        beyond = np.log(edge / np.clip(p, SMALLEST, edge))
        found = np.maximum(found, max(edge, k / of) * (1 + beyond / (k * slope)) ** -k)
        k //= 2
        edge = float(seen[k])
    return np.minimum(found, 1.0)


def inflation(statistic: np.ndarray, freedom: int, sizes: np.ndarray) -> float:
    """How much of a χ² statistic's growth with size is shared by all subjects: the ρ of a design effect 1 + (n − 1)ρ.

    From the median subject (genomic control, Devlin and Roeder 1999), so that a few deviating ones do not hide; fewer
    than ten subjects cannot say what is usual.
    """
    if statistic.size < 10:
        return 0.0
    return max(0.0, float(np.median((statistic / chi2.median(freedom) - 1) / np.maximum(sizes - 1, 1))))
