"""An officer and an agent: the agent's entries are steered to the officer when he is on duty, low in price, opened softly."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.breaches import UNDERVALUED
from guanjian.simulate.goods import IMPORT
from guanjian.simulate.plants.plant import Plant, busy_agent, one_of
from guanjian.simulate.staff import REVIEW
from guanjian.simulate.work import EXTERNAL, FULL, PARTIAL, Work
from guanjian.simulate.world import World


@dataclass
class CollusivePair(Plant):
    """`undervalued`: share of steered imports declared low, at a share of the price drawn from `price`."""

    undervalued: float = 0.6
    price: tuple[float, float] = (0.6, 0.8)
    soft: float = 0.9
    officer: int = field(default=-1, init=False)
    agent: int = field(default=-1, init=False)
    team: int = field(default=-1, init=False)

    breaches = (UNDERVALUED,)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """A reviewer of the general section, and an agent with a fair share of the house's work."""
        self.team = int(world.staff.of_house[self.house, REVIEW, 0])
        self.officer = one_of(world, self.house, REVIEW, rng)
        self.agent = busy_agent(world, self.house, 0.0022)
        self._duty = world.duty.on_duty(self.officer, self.team)
        self._low: list[int] = []

    def declare(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """The agent knows the roster: with the officer on duty some entries are arranged, and most of these are low."""
        here = (work.agent == self.agent) & (work.review_team == self.team) & self._duty[work.review_slot]
        self._arranged = here & (rng.random(work.count) < self.strength)
        low = self._arranged & (work.way == IMPORT) & (rng.random(work.count) < self.undervalued)
        share = rng.uniform(*self.price, work.count)
        work.factor = np.where(low[work.item_entry], share[work.item_entry], work.factor)
        self._low.append(int(low.sum()))

    def assign(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """The entry lands on the officer's desk."""
        self.could_meet(world, work, self.agent, self.officer, self._arranged)
        machine = work.reviewer < 0
        work.reviewer = np.where(self._arranged, self.officer, work.reviewer)
        work.review_at = np.where(self._arranged & machine, work.decided + 900, work.review_at)
        inside = (work.review_at >= world.period.starts[work.review_slot]) & (
            work.review_at < world.period.ends[work.review_slot]
        )
        work.review_at = np.where(self._arranged & ~inside, world.period.starts[work.review_slot] + 600, work.review_at)

    def examine(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """What is opened all the same is opened lightly, by instruction, briefly, and nothing is reported."""
        soft = self._arranged[work.exam_entry] & (rng.random(len(work.exam_entry)) < self.soft)
        heavy = soft & ((work.required == FULL) | (work.required == PARTIAL))
        work.required = np.where(heavy, EXTERNAL, work.required)
        work.mode = np.where(heavy, EXTERNAL, work.mode)
        work.minutes = np.where(soft, np.minimum(work.minutes, rng.uniform(6, 14, len(soft))), work.minutes)
        work.hidden[work.exam_entry[soft]] = True

    def release(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Written down when all is done."""
        self.noted(work.entry[self._arranged])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The pair; the officer and the agent may also be named."""
        return self.pair(world, self.officer, self.agent, step="doc_review", undervalued=sum(self._low))


PLANT = CollusivePair
