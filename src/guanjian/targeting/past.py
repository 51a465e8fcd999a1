"""What was known of a key strictly before a moment: sums over what had happened by then, never over what came later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SPAN = 1 << 33  # seconds in which one key's events lie: 272 years


@dataclass(frozen=True, slots=True)
class Past:
    """Events by key and time with their running sums. Reading it at a moment sees only what lies before that moment."""

    names: np.ndarray  # the different keys, sorted
    place: np.ndarray  # position of the key × SPAN + seconds since `begin`, sorted
    upto: np.ndarray  # running sums, one row more than events
    begin: int
    fade: float  # seconds in which an event loses all but 1/e of its weight; infinite: never

    @classmethod
    def of(cls, keys: np.ndarray, times: np.ndarray, amounts: np.ndarray, fade: float = np.inf) -> Past:
        """`amounts` has a row to each event; events without a key are left out."""
        used = keys != 0
        keys, times, amounts = keys[used], times[used], amounts[used]
        begin = int(times.min()) if len(times) else 0
        names, number = np.unique(keys, return_inverse=True)
        place = number.astype(np.int64) * SPAN + (times - begin)
        order = np.argsort(place, kind="stable")
        weighted = amounts[order] * np.exp((times[order] - begin) / fade)[:, None]
        upto = np.vstack([np.zeros((1, amounts.shape[1])), np.cumsum(weighted, axis=0)])
        return cls(names, place[order], upto, begin, fade)

    def before(self, keys: np.ndarray, times: np.ndarray) -> np.ndarray:
        """For each key at each time the sums over its events before that time, faded to that time."""
        first, last = self._range(keys, times)
        return (self.upto[last] - self.upto[first]) * np.exp((self.begin - times) / self.fade)[:, None]

    def since(self, keys: np.ndarray, times: np.ndarray) -> np.ndarray:
        """Seconds since the key's last event before each time; NaN when there was none."""
        first, last = self._range(keys, times)
        if not len(self.place):
            return np.full(len(keys), np.nan)
        moment = self.place[np.maximum(last - 1, 0)] % SPAN + self.begin
        return np.where(last > first, times - moment, np.nan)

    def _range(self, keys: np.ndarray, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if not len(self.names):
            nothing = np.zeros(len(keys), np.int64)
            return nothing, nothing
        number = np.minimum(np.searchsorted(self.names, keys), len(self.names) - 1)
        known = (self.names[number] == keys) & (keys != 0)
        first = np.searchsorted(self.place, number * SPAN)
        last = np.searchsorted(self.place, number * SPAN + np.clip(times - self.begin, 0, SPAN - 1))
        return np.where(known, first, 0), np.where(known, last, 0)
