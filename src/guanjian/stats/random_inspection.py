"""How much is missed? Random inspections as the measure of truth: what is selected on purpose cannot tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Inspected:
    """Counts of one stratum (or arrays over strata): all entries, targeted and random inspections, finds of each."""

    entries: np.ndarray | float
    targeted: np.ndarray | float
    targeted_finds: np.ndarray | float
    random: np.ndarray | float
    random_finds: np.ndarray | float

    @property
    def rate(self) -> np.ndarray:
        """Share of violations among what was not targeted, from the random inspections."""
        return self.random_finds / np.maximum(self.random, 1)

    @property
    def lift(self) -> np.ndarray:
        """How many times more often targeting finds something than chance does; infinite when chance found nothing."""
        aimed = self.targeted_finds / np.maximum(self.targeted, 1)
        return np.divide(aimed, self.rate, out=np.full(np.shape(aimed), np.inf), where=np.asarray(self.rate) > 0)

    def violations(self, rate: np.ndarray | float | None = None) -> np.ndarray:
        """All violations there are, found or not, at this rate among what was not targeted (the estimated one)."""
        return self.targeted_finds + (self.entries - self.targeted) * (self.rate if rate is None else rate)

    @property
    def error(self) -> np.ndarray:
        """Standard error of `violations` (a random sample without replacement from what was not targeted)."""
        left = self.entries - self.targeted
        spread = self.rate * (1 - self.rate) / np.maximum(self.random, 1)
        return left * np.sqrt(spread * (1 - self.random / np.maximum(left, 1)))

    def captured(self, rate: np.ndarray | float | None = None) -> np.ndarray:
        """κ: which part of all violations was found, at this rate among what was not targeted (the estimated one)."""
        found = np.asarray(self.targeted_finds + self.random_finds, float)
        there = np.asarray(self.violations(rate), float)
        return np.divide(found, there, out=np.ones(found.shape), where=there > 0)


def wilson(hits: np.ndarray | float, of: np.ndarray | float, z: float = Z_95) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's interval for a share; no tries say nothing: 0 to 1."""
    of = np.asarray(of, float)
    n = np.maximum(of, 1)
    p, extra = hits / n, z * z / n
    half = z * np.sqrt(p * (1 - p) / n + extra / (4 * n)) / (1 + extra)
    middle = (p + extra / 2) / (1 + extra)
    return np.where(of > 0, np.maximum(middle - half, 0), 0.0), np.where(of > 0, np.minimum(middle + half, 1), 1.0)


def most_if_none(tries: int, doubt: float = 0.05) -> float:
    """The largest rate that still leaves this much chance of no hit at all in so many tries."""
    return 1 - doubt ** (1 / tries) if tries > 0 else 1.0
