"""What would be normal? Row x column rates shrunk towards each other, and how much more than Poisson they vary.

Counts vary as Var = phi * mean. Row x column products are moved towards each cell's own history by the best linear
(credibility) weight, which for phi = 1 is the gamma-Poisson posterior mean; the prior's width is estimated by moments.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

ENOUGH = 20.0  # cases a row or column should hold in history before its rate is leant on


@dataclass(frozen=True)
class Baseline:
    """`rate` (L, P) per unit of exposure; `phi` (L,); history's sums, all that a redraw needs."""

    rate: np.ndarray
    phi: np.ndarray
    exposure: np.ndarray  # (L or 1, P), summed over history
    cases: np.ndarray  # (L, P), summed over history
    width: float  # variance of the cells' own relative risk
    ahead: np.ndarray | None = None  # (T, L or 1, P), exposure of the windows' steps

    @property
    def too_short(self) -> bool:
        """Whether history is too thin to hold the promised error: the typical row or column has too few cases."""
        held = self.cases.sum(axis=1)
        lines = held[held > 0]
        return not len(lines) or bool(min(np.median(lines), np.median(self.cases.sum(axis=0))) < ENOUGH)

    def redrawn(self, rng: np.random.Generator) -> Baseline:
        """The baseline as it would be estimated from another history: cell sums redrawn, rates fitted again."""
        again = counts_of(rng, self.rate * self.exposure, self.phi[:, None])
        return refit(again, self.exposure, self.phi)


def counts_of(rng: np.random.Generator, mean: np.ndarray, phi: np.ndarray) -> np.ndarray:
    """Counts with this mean and variance phi * mean: negative binomial, Poisson where phi is 1."""
    spread = np.broadcast_to(np.maximum(phi - 1, 0), mean.shape)
    shape = np.where(spread > 1e-9, mean / np.maximum(spread, 1e-9), 1.0)
    mixed = rng.standard_gamma(shape) * spread
    return rng.poisson(np.where(spread > 1e-9, mixed, mean)).astype(float)


def fit(history: np.ndarray, exposure: np.ndarray, dispersion: float | None = None) -> Baseline:
    """From history (T, L, P) and exposure (T, L or 1, P)."""
    phi = np.full(history.shape[1], dispersion) if dispersion else variance_ratio(history, exposure)
    return refit(history.sum(axis=0), exposure.sum(axis=0), phi)


def refit(cases: np.ndarray, exposure: np.ndarray, phi: np.ndarray) -> Baseline:
    """From sums over history: cases (L, P), exposure (L or 1, P); half a case is added so that no rate is 0."""
    rows, columns, total = cases.sum(axis=1), cases.sum(axis=0), cases.sum()
    overall = (phi * (rows + 0.5)).sum() / (rows + 0.5).sum()
    share = exposure.sum(axis=0) / exposure.sum()
    column = _towards(columns, share * (total + 0.5), overall)[0]
    product = np.outer(rows + 0.5, column) / column.sum()
    if exposure.shape[0] > 1:
        product = (rows + 0.5)[:, None] * (exposure * column / np.maximum(exposure.sum(axis=0), 1e-300))
        product *= ((rows + 0.5) / np.maximum(product.sum(axis=1), 1e-300))[:, None]
    own, width = _towards(cases, product, phi[:, None])
    return Baseline(own / np.maximum(exposure, 1e-300), phi, exposure, cases, width)


def _towards(seen: np.ndarray, mean: np.ndarray, phi: np.ndarray | float) -> tuple[np.ndarray, float]:
    """Means moved towards what was seen by its credibility; also the estimated variance of relative risks."""
    extra = ((seen - mean) ** 2 - phi * mean).sum()
    width = max(0.0, float(extra / (mean**2).sum()))
    weight = mean * width / (mean * width + phi)
    return mean + weight * (seen - mean), width


def variance_ratio(history: np.ndarray, exposure: np.ndarray) -> np.ndarray:
    """Variance / mean of every node's cells, never below 1, drawn towards the whole by its own uncertainty.

    Within a cell, steps share one rate: the sum of (x - share * cell total)^2 estimates phi without that rate.
    """
    share = np.broadcast_to(exposure, history.shape) / np.maximum(exposure.sum(axis=0), 1e-300)
    totals = history.sum(axis=0)
    squares = ((history - share * totals) ** 2).sum(axis=(0, 2))
    weight = (totals * (1 - (share**2).sum(axis=0))).sum(axis=1)
    pooled = squares.sum() / max(weight.sum(), 1e-12)
    raw = np.where(weight > 0, squares / np.maximum(weight, 1e-12), pooled)
    freedom = max(len(history) - 1, 1) * np.maximum((totals > 0).sum(axis=1), 1)
    noise = 2 * pooled**2 / freedom + 2 * pooled**2 / np.maximum(weight, 1)
    between = max(0.0, float((((raw - pooled) ** 2 - noise) * weight).sum() / max(weight.sum(), 1e-12)))
    return np.maximum(1.0, pooled + between / (between + noise) * (raw - pooled))
