"""Which unit's ratio lies outside what its volume allows? Funnel limits that respect overdispersion.

Source: Spiegelhalter, "Handling over-dispersion of performance indicators", Qual. Saf. Health Care 14, 2005.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from guanjian.kernel.errors import BadInput


@dataclass(frozen=True)
class Funnel:
    """Per unit: ratio observed / expected, its limits, z; phi, the excess variance, and tau, the spread between units."""

    ratio: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    z: np.ndarray
    phi: float
    tau: float


def funnel(observed: np.ndarray, expected: np.ndarray, alpha: float = 0.002, trimmed: float = 0.1) -> Funnel:
    """Two-sided limits at alpha round ratio 1, on the square-root scale, widened by the spread of the tame units.

    The `trimmed` share of units at each end is pulled in before spread is estimated, so that outliers widen nothing.
    """
    seen, mean = np.asarray(observed, float), np.asarray(expected, float)
    if seen.shape != mean.shape or (mean <= 0).any() or (seen < 0).any():
        raise BadInput("观测与期望须等长，期望大于0。", "Observed and expected of one length, expected above 0.")
    error = 0.5 / np.sqrt(mean)
    naive = (np.sqrt(seen / mean) - 1) / error
    low, high = np.quantile(naive, [trimmed, 1 - trimmed])
    tame = np.clip(naive, low, high)
    phi = float((tame**2).mean())
    weight = 1 / error**2
    units = len(seen)
    tau2 = 0.0
    if units > 1 and phi * units > units - 1:
        tau2 = (units * phi - (units - 1)) / (weight.sum() - (weight**2).sum() / weight.sum())
    wide = np.sqrt(error**2 + tau2)
    reach = norm.isf(alpha / 2) * wide
    limits = np.maximum(0, 1 - reach) ** 2, (1 + reach) ** 2
    return Funnel(seen / mean, *limits, (np.sqrt(seen / mean) - 1) / wide, phi, float(np.sqrt(tau2)))
