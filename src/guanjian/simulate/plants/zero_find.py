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
    agent_share: float = 0.3
    trader: int = field(default=-1, init=False)

    breaches = (MISDECLARED,)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """A large client of a busy agent of the house."""
        self.trader = int(clients(world, busy_agent(world, self.house, 0.0022), 1, self.agent_share)[0])
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
        """Written down when all is done: the entries that were opened."""
        self.noted(work.entry[(work.trader == self.trader) & work.selected])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The trader."""
        trader = world.enterprise_ids[int(world.trader_enterprise(np.array(self.trader)))]
        return [self.truth(world, ("enterprise", trader), [])]


PLANT = ZeroFind
