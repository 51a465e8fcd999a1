"""Where does chance come from? One seed, one named stream per purpose and day, so that parts do not disturb each other."""

from __future__ import annotations

import zlib

import numpy as np


def stream(seed: int, purpose: str, number: int = 0) -> np.random.Generator:
    """The generator for a purpose (and a day): the same whoever else draws, in whatever order."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, zlib.crc32(purpose.encode()), number])))


def segments(groups: np.ndarray, weights: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Weighted lists laid end to end (`groups` ascending): the place after each member on the group's stretch, and starts.

    Group g owns the stretch [g, g+1); `pick` finds the member under a point of it.
    """
    total = np.bincount(groups, weights, count)
    running = np.cumsum(weights)
    before = np.concatenate([[0.0], np.cumsum(total)])[groups]
    starts = np.searchsorted(groups, np.arange(count + 1))
    return groups + np.minimum((running - before) / total[groups], 1.0), starts


def pick(ends: np.ndarray, starts: np.ndarray, groups: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """For each group a member drawn by weight: its place in the lists laid end to end."""
    found = np.searchsorted(ends, groups + chance, side="right")
    return np.clip(found, starts[groups], starts[groups + 1] - 1)
