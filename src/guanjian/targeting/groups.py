"""How far down its own group does an entry stand?"""

from __future__ import annotations

import numpy as np


def place_in_group(group: np.ndarray) -> np.ndarray:
    """For each position how many of its group stand before it."""
    order = np.argsort(group, kind="stable")
    numbers, counts = np.unique(group[order], return_counts=True)
    first = np.repeat(np.cumsum(counts) - counts, counts) if len(numbers) else np.zeros(0, np.int64)
    place = np.empty(len(group), np.int64)
    place[order] = np.arange(len(group)) - first
    return place
