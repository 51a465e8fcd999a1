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
