"""Which declarations are opened? Lanes under one budget, a random share always, and the chance that every entry had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import Names
from guanjian.targeting.draw import Draw
from guanjian.targeting.groups import place_in_group
from guanjian.targeting.model import Scores


class Lane(Names):
    """Why an entry was chosen."""

    MANDATORY = "mandatory", "必查", "mandatory"
    PROBABILITY = "probability", "违规概率", "probability of a violation"
    VALUE = "value", "概率与税款兼顾", "probability and revenue together"
    SEVERITY = "severity", "预期损失", "expected loss"
    NOVELTY = "novelty", "新情况探查", "new ground"
    RANDOM = "random", "随机", "random"
    NONE = "none", "未选", "not selected"


@dataclass(frozen=True, slots=True)
class Budget:
    """`most` entries in all; shares of what the mandatory ones leave. `quotas`: at most so many in a unit.

    `novelty` goes to what a look is worth beyond the model: newest results next door, and what a find would teach.
    """

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
    """First what must be, then the best of each lane, then an even draw over all that is left."""
    desk = _Desk(asked, budget)
    desk.sure(np.ones(desk.size), budget.most, Lane.MANDATORY, only=desk.mandatory)
    parts = budget.parts(desk.left)
    for lane, rank in _ranks(scores, asked):
        desk.sure(rank, parts[lane], lane)
    desk.drawn(desk.left, Lane.RANDOM, draw)
    return Chosen(desk.lane, desk.propensity)


def _ranks(scores: Scores, asked: Asked) -> Iterator[tuple[Lane, np.ndarray]]:
    severity = scores.at_stake if asked.severity is None else asked.severity
    yield Lane.PROBABILITY, scores.probability
    yield Lane.VALUE, scores.probability * np.log1p(scores.at_stake)
    yield Lane.SEVERITY, scores.probability * severity
    yield Lane.NOVELTY, scores.worth


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
        fits = place_in_group(self.unit[order]) < self.room[self.unit[order]]
        self._take(order[fits][: max(min(most, self.left), 0)], lane)

    def drawn(self, most: int, lane: Lane, draw: Draw) -> None:
        """A draw in every unit, with the same chance for everybody who waits there."""
        pools = [np.flatnonzero(self.waiting & (self.unit == unit)) for unit in range(len(self.room))]
        sizes = np.array([len(pool) for pool in pools])
        for pool, number in zip(pools, _shared_out(min(most, self.left), sizes, self.room), strict=True):
            if number:
                self.propensity[pool] = number / len(pool)
                order = np.argsort(draw.numbers(lane.value, self.entries[pool]), kind="stable")
                self._take(pool[order[:number]], lane, surely=False)

    def _take(self, which: np.ndarray, lane: Lane, surely: bool = True) -> None:
        self.lane[which] = lane.value
        if surely:
            self.propensity[which] = 1.0
        self.left -= len(which)
        self.room -= np.bincount(self.unit[which], minlength=len(self.room))


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
