"""How far does a price stand from its peers' of the months before? Robust deviations within HS × origin × month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SPAN = 1 << 20
FEWEST = 5  # peers, below which a wider group is asked
LONGEST = 6  # months after which peers are too old
NARROWEST = 0.05  # log units: peers who all declare one price still leave room for rounding
MAD = 1.4826


@dataclass(frozen=True, slots=True)
class Peers:
    """Middle and spread of the log price of every group and month."""

    names: np.ndarray
    place: np.ndarray  # position of the group × SPAN + month, sorted
    lines: np.ndarray
    middle: np.ndarray
    spread: np.ndarray

    @classmethod
    def of(cls, keys: np.ndarray, months: np.ndarray, prices: np.ndarray) -> Peers:
        """Groups of lines with a key and a price."""
        used = (keys != 0) & np.isfinite(prices)
        names, number = np.unique(keys[used], return_inverse=True)
        cell = number.astype(np.int64) * SPAN + months[used]
        place, group, lines = np.unique(cell, return_inverse=True, return_counts=True)
        middle = _middle(group, lines, prices[used])
        spread = _middle(group, lines, np.abs(prices[used] - middle[group]))
        return cls(names, place, lines, middle, np.maximum(MAD * spread, NARROWEST))

    def deviation(self, keys: np.ndarray, months: np.ndarray, prices: np.ndarray) -> np.ndarray:
        """Deviations from the newest month before with enough peers; NaN where there is none."""
        if not len(self.names):
            return np.full(len(keys), np.nan)
        number = np.minimum(np.searchsorted(self.names, keys), len(self.names) - 1)
        newest = np.searchsorted(self.place, number * SPAN + months) - 1
        found, chosen = np.zeros(len(keys), bool), np.zeros(len(keys), np.int64)
        for back in range(LONGEST):
            row = np.maximum(newest - back, 0)
            fits = (self.place[row] >= number * SPAN + months - LONGEST) & (self.place[row] < number * SPAN + months)
            take = ~found & fits & (self.lines[row] >= FEWEST) & (newest - back >= 0)
            chosen, found = np.where(take, row, chosen), found | take
        found &= self.names[number] == keys
        away = (prices - self.middle[chosen]) / self.spread[chosen]
        return np.where(found, np.clip(away, -12, 12), np.nan)


def months_of(at: np.ndarray) -> np.ndarray:
    """Months since 1970 of these seconds."""
    return at.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)


def log_ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """The logarithm of a price; NaN where one of the two is missing or not positive."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log(above / below)
    return np.where(np.isfinite(ratio), ratio, np.nan)


def _middle(group: np.ndarray, lines: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The median of each group; groups are numbered from 0 and have `lines` values."""
    order = values[np.lexsort((values, group))]
    first = np.cumsum(lines) - lines
    return (order[first + (lines - 1) // 2] + order[first + lines // 2]) / 2
