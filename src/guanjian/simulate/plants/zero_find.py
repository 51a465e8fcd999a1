"""A trader who is opened all the time, has much to hide, and of whom nothing is ever reported."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.breaches import MISDECLARED
from guanjian.simulate.control import SEVERITY
from guanjian.simulate.plants.plant import Plant, busy_agent, clients
from guanjian.simulate.work import NONE, QUANTITY, Work
from guanjian.simulate.world import World


@dataclass
class ZeroFind(Plant):
    """`strength` of its entries are opened; something is wrong with `wrong` of them; no find is recorded."""

    wrong: float = 0.3
    agent_share: float = 0.4
    trader: int = field(default=-1, init=False)
    opened: int = field(default=0, init=False)
    usual: list[int] = field(default_factory=lambda: [0, 0], init=False)  # examinations and finds among all others

    breaches = (MISDECLARED,)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """The largest client of a very busy agent of the house."""
        self.trader = int(clients(world, busy_agent(world, self.house, 0.004), 1, self.agent_share)[0])
        world.traders.credit[self.trader] = 4

    def declare(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """More is wrong than with others."""
        mine = (work.trader == self.trader) & (rng.random(work.count) < self.wrong) & (work.wrong == NONE)
        work.wrong = np.where(mine, QUANTITY, work.wrong)
        work.hidden |= work.trader == self.trader

    def select(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """He is under a standing control."""
        mine = work.trader == self.trader
        work.propensity = np.where(mine, np.maximum(work.propensity, self.strength), work.propensity)
        more = mine & ~work.selected & (rng.random(work.count) < self.strength)
        work.lane = np.where(more, SEVERITY, work.lane)
        work.selected = work.selected | more

    def release(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Written down when all is done: the entries that were opened, and how often others are found."""
        mine = work.trader[work.exam_entry] == self.trader
        self.opened += int(mine.sum())
        self.usual[0] += int((~mine).sum())
        self.usual[1] += int((work.found[~mine] != NONE).sum())
        self.noted(work.entry[(work.trader == self.trader) & work.selected])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The trader, and how many finds his examinations would have brought at everybody's rate."""
        trader = world.enterprise_ids[int(world.trader_enterprise(np.array(self.trader)))]
        expected = round(self.opened * self.usual[1] / max(self.usual[0], 1), 2)
        return [self.truth(world, ("enterprise", trader), [], expected=expected)]


PLANT = ZeroFind
