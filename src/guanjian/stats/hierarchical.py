"""Which families of tests hold anything, and what in them? False discoveries controlled in the chosen families too.

Benjamini and Bogomolov, JRSS B 76(1), 2014: each family (a signal) is judged by Simes' p-value, the families by Benjamini
and Hochberg at q; inside the R chosen of m, Benjamini and Hochberg at q·R/m. The expected mean of the false shares over
the chosen families is then at most q. Yekutieli (JASA 103, 2008) bounds the false share of the whole tree by 2.88 q.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from guanjian.stats.fdr import benjamini_hochberg

FULL_TREE = 2.88


@dataclass(frozen=True)
class Chosen:
    """What is chosen at one level q: `values` are adjusted p-values, comparable with q itself; 1 outside the families."""

    q: float
    families: tuple[str, ...]
    values: dict[str, np.ndarray]

    @property
    def found(self) -> int:
        """How many hypotheses are rejected."""
        return int(sum((values <= self.q).sum() for values in self.values.values()))

    @property
    def false(self) -> float:
        """How many of them are expected to be false at most, in the mean over the chosen families."""
        return self.q * self.found


def simes(p: np.ndarray, tests: int | None = None) -> float:
    """One p-value for a family: small when any of its hypotheses is false. Those not handed over are larger than all."""
    adjusted = benjamini_hochberg(p, tests)
    return float(adjusted.min()) if adjusted.size else 1.0


def choose(families: Mapping[str, tuple[np.ndarray, int]], q: float) -> Chosen:
    """Families (p-values, how many were tried) judged at level q."""
    names = list(families)
    together = benjamini_hochberg(np.array([simes(*families[name]) for name in names], dtype=float))
    chosen = tuple(name for name, value in zip(names, together, strict=True) if value <= q)
    paid = len(names) / len(chosen) if chosen else 1.0
    values = {}
    for name, (p, tests) in families.items():
        inside = np.minimum(benjamini_hochberg(p, tests) * paid, 1.0)
        values[name] = inside if name in chosen else np.ones_like(inside)
    return Chosen(q, chosen, values)


def within_budget(families: Mapping[str, tuple[np.ndarray, int]], most: float, levels: np.ndarray) -> Chosen:
    """The widest of these levels at which no more than `most` false alarms are expected; the strictest where none fits.

    A director says “about so many false alarms”; the level q follows from it.
    """
    tried = [choose(families, float(q)) for q in sorted(levels)]
    fitting = [one for one in tried if one.false <= most]
    return fitting[-1] if fitting else tried[0]
