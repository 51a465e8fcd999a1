"""Who opens together, and when are they free? Crews of two (three where the number is odd) who do one thing after another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanjian.simulate.duty import Duty
from guanjian.simulate.work import NOBODY


@dataclass
class Crews:
    """The members of each shift in an order drawn by lot; neighbours in it go together. `free` is per crew."""

    duty: Duty
    drawn: np.ndarray  # the officers of each stretch of the duty, in the order drawn
    rank: np.ndarray  # the place of each member of the duty in that order
    free: np.ndarray  # until when a crew is busy, kept at the place of its first member

    @classmethod
    def draw(cls, duty: Duty, rng: np.random.Generator) -> Crews:
        """By lot for every shift anew, so that nobody has a partner for life."""
        count = duty.count.ravel()
        shift = np.repeat(np.arange(len(count)), count)
        order = np.lexsort((rng.random(len(shift)), shift))
        rank = np.empty(len(order), np.int32)
        rank[order] = np.arange(len(order)) - duty.start.ravel()[shift]
        return cls(duty, duty.members[order], rank, np.zeros(len(order), np.int64))

    def go(self, team: np.ndarray, slot: np.ndarray, chance: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, ...]:
        """Who leads (anyone on duty is equally likely), who comes along, and the key of their crew."""
        count, start = self.duty.count[team, slot], self.duty.start[team, slot]
        there = count > 0
        lead = np.where(there, start + np.minimum((chance[0] * count).astype(np.int64), count - 1), 0)
        rank = self.rank[lead]
        first = 2 * np.minimum(rank // 2, np.maximum(count // 2 - 1, 0))
        size = np.where(first + 4 > count, count - first, 2)
        other = first + (rank - first + 1 + (chance[1] * (size - 1)).astype(np.int64)) % np.maximum(size, 1)
        second = self.drawn[np.where(there, start + other, 0)]
        key = np.where(there, start + first, 0)
        return (
            np.where(there, self.duty.members[lead], NOBODY),
            np.where(there & (size > 1), second, NOBODY),
            key,
        )

    def queue(self, key: np.ndarray, at: np.ndarray, seconds: np.ndarray) -> np.ndarray:
        """When each piece of work begins if a crew takes them in turn, each not before `at`."""
        order = np.lexsort((at, key))
        keys, long = key[order], seconds[order]
        crew = np.cumsum(np.append(0, np.diff(keys) != 0))
        before = np.cumsum(long) - long
        apart = crew << 36  # seconds of two thousand years: keeps the running maximum of one crew away from the next
        ready = np.maximum(at[order], self.free[keys]) - before
        begins = np.empty(len(key), np.int64)
        begins[order] = np.maximum.accumulate(ready + apart) - apart + before
        return begins
