"""How many of the findings would be false? Benjamini and Hochberg, JRSS B 57(1), 1995."""

from __future__ import annotations

import numpy as np


def benjamini_hochberg(p: np.ndarray, tests: int | None = None) -> np.ndarray:
    """The q-value of each p-value among `tests` hypotheses.

    The p-values that are not handed over count as larger than all given ones: whoever reports only what is small must
    say how many were tried, and every q that is at most the largest given p is then exact.
    """
    p = np.asarray(p, dtype=float)
    tried = p.size if tests is None else tests
    if tried < p.size:
        raise ValueError(f"{p.size} p-values cannot come from {tried} tests")
    order = np.argsort(p, kind="stable")
    steps = p[order] * tried / np.arange(1, p.size + 1)
    q = np.empty_like(p)
    q[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return q


def worth_testing(least_p: np.ndarray, level: float) -> tuple[np.ndarray, int]:
    """Which hypotheses could reach a small p at all, given only the sizes of their samples, and how many count (Tarone).

    `least_p`: the smallest p that each could ever show. With K the smallest number for which at most K of them can reach
    `level` ÷ K, the others cannot be rejected whatever is seen, and leave the family (Tarone 1990; under FDR Gilbert
    2005). The choice knows no outcome, so that BH over the rest holds at any level.
    """
    sorted_p = np.sort(np.asarray(least_p, float))
    tests = next(
        (k for k in range(1, sorted_p.size) if np.searchsorted(sorted_p, level / k, "right") <= k), sorted_p.size
    )
    return np.asarray(least_p, float) <= level / max(tests, 1), tests
