"""How are false alarms kept few week after week, and over tables of units x lines? E-values, online and tree FDR.

Sources: Vovk & Wang 2021 (e-values); Xu & Ramdas 2024 (e-LOND); Yekutieli 2008 and Benjamini & Bogomolov 2014.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import nbinom, poisson

from guanjian.kernel.errors import BadInput
from guanjian.stats.fdr import benjamini_hochberg

RISKS = (1.2, 1.5, 2.0, 3.0)


def e_process(counts: np.ndarray, expected: np.ndarray, phi: float = 1.0, risks: Sequence[float] = RISKS) -> np.ndarray:
    """Evidence so far, week by week, that the rate is above expectation; >= 1 / alpha at any time is an alarm at alpha.

    The mean over relative risks of running likelihood ratios: under the expectation its mean never exceeds 1,
    whenever one stops. `phi` is variance / mean.
    """
    c, mu = np.asarray(counts, float), np.asarray(expected, float)
    if (mu <= 0).any() or phi < 1:
        raise BadInput("期望须大于0，离散度不小于1。", "Expected must be above 0 and phi at least 1.")

    def log_mass(risk: float) -> np.ndarray:
        if phi <= 1 + 1e-9:
            return poisson.logpmf(c, risk * mu)
        return nbinom.logpmf(c, risk * mu / (phi - 1), 1 / phi)

    walks = np.array([(log_mass(risk) - log_mass(1.0)).cumsum() for risk in risks])
    return np.exp(np.minimum(walks, 700)).mean(axis=0)


def e_lond(e_values: Sequence[float], alpha: float = 0.05) -> np.ndarray:
    """Which of a stream of e-values are findings, false discovery rate <= alpha at all times under any dependence."""
    found = np.zeros(len(e_values), bool)
    for t, e in enumerate(e_values):
        share = 6 / np.pi**2 / (t + 1) ** 2
        found[t] = e * alpha * share * (found[:t].sum() + 1) >= 1
    return found


def down_the_tree(p: Sequence[float], parents: Sequence[int], q: float = 0.05) -> np.ndarray:
    """Yekutieli: children are tested (BH at q, each family) only below a finding; -1 marks roots. FDR <= 2.88 q."""
    values, above = np.asarray(p, float), np.asarray(parents)
    found = np.zeros(len(values), bool)
    open_families = [-1]
    while open_families:
        family = np.flatnonzero(above == open_families.pop())
        if len(family):
            hits = family[benjamini_hochberg(values[family]) <= q]
            found[hits] = True
            open_families += hits.tolist()
    return found


def within_families(p: Sequence[float], families: Sequence[int], q: float = 0.05) -> np.ndarray:
    """Benjamini-Bogomolov: families chosen by BH on their Simes p, tested inside at q x share chosen."""
    values, family = np.asarray(p, float), np.asarray(families)
    names = np.unique(family)
    simes = np.array([benjamini_hochberg(values[family == name]).min() for name in names])
    chosen = names[benjamini_hochberg(simes) <= q]
    found = np.zeros(len(values), bool)
    for name in chosen:
        mine = np.flatnonzero(family == name)
        found[mine] = benjamini_hochberg(values[mine]) <= q * len(chosen) / len(names)
    return found
