"""Which declarations are opened? Lanes under one budget, a random share always, and the chance that every entry had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import Names
from guanjian.targeting.draw import Draw
from guanjian.targeting.model import Scores


class Lane(Names):
    """Why an entry was chosen."""

    MANDATORY = "mandatory", "必查", "mandatory"
    PROBABILITY = "probability", "违规概率", "probability of a violation"
    VALUE = "value", "概率与税款兼顾", "probability and revenue together"
    SEVERITY = "severity", "预期损失", "expected loss"
    NOVELTY = "novelty", "新情况探查", "unknown ground"
    RANDOM = "random", "随机", "random"
    NONE = "none", "未选", "not selected"


@dataclass(frozen=True, slots=True)
class Budget:
    """`most` entries in all; shares of what the mandatory ones leave. `quotas`: at most so many in a unit."""

    most: int
    random: float = 0.10
    novelty: float = 0.10
    probability: float = 0.20
    value: float = 0.20
    quotas: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shares = (self.random, self.novelty, self.probability, self.value)
        if self.most < 0 or min(shares) < 0 or sum(shares) > 1:
            raise BadInput("选查份额须不小于0，合计不超过1。", "Shares are not negative and add up to at most 1.")

    def parts(self, left: int) -> dict[Lane, int]:
        """How many each lane gets; what the named shares leave is the lane of expected loss."""
        random = round(left * self.random)
        given = {
            Lane.PROBABILITY: int(left * self.probability),
            Lane.VALUE: int(left * self.value),
            Lane.NOVELTY: min(round(left * self.novelty), left - random),
            Lane.RANDOM: random,
        }
        given[Lane.SEVERITY] = max(left - sum(given.values()), 0)
        return given


@dataclass(frozen=True, slots=True)
class Asked:
    """The declarations of one list: their ids and units, those that must be opened, and how grave a violation would be."""

    entries: np.ndarray
    units: np.ndarray
    mandatory: np.ndarray | None = None
    severity: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A lane for every entry (NONE: not selected) and the chance with which it was to be selected."""

    lane: np.ndarray
    propensity: np.ndarray

    @property
    def selected(self) -> np.ndarray:
        return self.lane != Lane.NONE


def choose(scores: Scores, asked: Asked, budget: Budget, draw: Draw) -> Chosen:
    """First what must be, then the best of each lane, then the two drawn lanes over all that is left."""
    desk = _Desk(asked, budget)
    desk.sure(np.ones(desk.size), budget.most, Lane.MANDATORY, only=desk.mandatory)
    parts = budget.parts(desk.left)
    for lane, rank in _ranks(scores, asked):
        desk.sure(rank, parts[lane], lane)
    desk.drawn((scores.at_stake + 1) / (1 + scores.tried), parts[Lane.NOVELTY], Lane.NOVELTY, draw)
    desk.drawn(np.ones(desk.size), desk.left, Lane.RANDOM, draw)
    return Chosen(desk.lane, desk.propensity)


def _ranks(scores: Scores, asked: Asked) -> Iterator[tuple[Lane, np.ndarray]]:
    severity = scores.at_stake if asked.severity is None else asked.severity
    yield Lane.PROBABILITY, scores.probability
    yield Lane.VALUE, scores.probability * np.log1p(scores.at_stake)
    yield Lane.SEVERITY, scores.probability * severity


class _Desk:
    """The list while it fills: who is on it, in which lane, with which chance, and how much room each unit has."""

    def __init__(self, asked: Asked, budget: Budget) -> None:
        self.size = len(asked.entries)
        self.entries, self.budget = asked.entries, budget
        self.mandatory = np.zeros(self.size, bool) if asked.mandatory is None else asked.mandatory
        self.lane = np.full(self.size, Lane.NONE.value, object)
        self.propensity = np.zeros(self.size)
        names, self.unit = np.unique(asked.units.astype(str), return_inverse=True)
        if not budget.quotas:
            names, self.unit = np.array([""]), np.zeros(self.size, np.int64)
        self.room = np.array([budget.quotas.get(name, self.size) for name in names], np.int64)
        self.left = min(budget.most, self.size)

    @property
    def waiting(self) -> np.ndarray:
        return self.lane == Lane.NONE

    def sure(self, rank: np.ndarray, most: int, lane: Lane, only: np.ndarray | None = None) -> None:
        """The first by rank, as far as lane, list and unit have room; equal ranks in the order of their ids."""
        pool = np.flatnonzero(self.waiting if only is None else self.waiting & only)
        order = pool[np.lexsort((self.entries[pool].astype(str), -rank[pool]))]
        fits = _place_in_group(self.unit[order]) < self.room[self.unit[order]]
        self._take(order[fits][: max(min(most, self.left), 0)], lane)

    def drawn(self, weight: np.ndarray, most: int, lane: Lane, draw: Draw) -> None:
        """A draw in every unit with chances in proportion to the weight.

        Whoever an earlier draw chose would have had a chance in an even draw too: it counts, or chances do not add up.
        """
        pools = [np.flatnonzero(self.waiting & (self.unit == unit)) for unit in range(len(self.room))]
        sizes = np.array([len(pool) for pool in pools])
        for unit, number in enumerate(_shared_out(min(most, self.left), sizes, self.room)):
            if number:
                pool = pools[unit]
                chance = _chances(weight[pool], number)
                earlier = np.flatnonzero((self.lane == Lane.NOVELTY) & (self.unit == unit))
                self.propensity[earlier] += (1 - self.propensity[earlier]) * number / len(pool)
                self.propensity[pool] += (1 - self.propensity[pool]) * chance
                self._take(pool[_systematic(chance, self.entries[pool], lane, draw)], lane, surely=False)

    def _take(self, which: np.ndarray, lane: Lane, surely: bool = True) -> None:
        self.lane[which] = lane.value
        if surely:
            self.propensity[which] = 1.0
        self.left -= len(which)
        self.room -= np.bincount(self.unit[which], minlength=len(self.room))


def _place_in_group(group: np.ndarray) -> np.ndarray:
    """For each position how many of its group stand before it."""
    order = np.argsort(group, kind="stable")
    numbers, counts = np.unique(group[order], return_counts=True)
    first = np.repeat(np.cumsum(counts) - counts, counts) if len(numbers) else np.zeros(0, np.int64)
    place = np.empty(len(group), np.int64)
    place[order] = np.arange(len(group)) - first
    return place


def _shared_out(number: int, sizes: np.ndarray, room: np.ndarray) -> np.ndarray:
    """So many places over the units in proportion to who waits there, by largest remainder, within the room."""
    most = np.minimum(sizes, room)
    number = min(number, int(most.sum()))
    given = np.zeros(len(sizes), np.int64)
    while (open_places := number - given.sum()) > 0:
        share = np.where(given < most, sizes, 0) * open_places / max(np.where(given < most, sizes, 0).sum(), 1)
        step = np.minimum(np.floor(share).astype(np.int64), most - given)
        if not step.any():
            first = np.argsort(-share, kind="stable")[:open_places]
            step[first] = np.minimum(1, (most - given)[first])
        given += step
    return given


def _chances(weight: np.ndarray, number: int) -> np.ndarray:
    """Chances in proportion to the weight that add up to the number, none above 1."""
    sure = np.zeros(len(weight), bool)
    while True:
        left = number - sure.sum()
        chance = np.where(sure, 1.0, weight * left / max(weight[~sure].sum(), 1e-300))
        if not (chance[~sure] > 1).any():
            return np.minimum(chance, 1.0)
        sure |= chance > 1


def _systematic(chance: np.ndarray, entries: np.ndarray, lane: Lane, draw: Draw) -> np.ndarray:
    """Positions drawn with exactly these chances: entries in drawn order, one start, steps of one."""
    order = np.argsort(draw.numbers(lane.value, entries), kind="stable")
    upto = np.cumsum(chance[order])
    start = draw.number(f"{lane.value} start {entries[order[0]]}")
    number = round(float(upto[-1]))
    marks = np.minimum(start + np.arange(number), upto[-1] * (1 - 1e-12))
    return order[np.searchsorted(upto, marks, side="right")]
