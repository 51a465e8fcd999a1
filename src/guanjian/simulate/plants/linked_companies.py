"""Linked companies that take turns: one trades while the others rest, all with one telephone, address and representative."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.breaches import MISDECLARED
from guanjian.simulate.plants.plant import Plant, busy_agent, clients
from guanjian.simulate.work import NONE, QUANTITY, Work
from guanjian.simulate.world import World


@dataclass
class LinkedCompanies(Plant):
    """`members` share the period between them; something is wrong with `strength` of what they lodge."""

    members: int = 4
    agent_share: float = 0.35
    traders: np.ndarray = field(default=None, init=False, repr=False)

    breaches = (MISDECLARED,)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Clients of one agent of the house."""
        self.traders = clients(world, busy_agent(world, self.house, 0.006), self.members, self.agent_share)
        shared = (self.number, int(world.units.district[self.house]))
        for trader in self.traders:
            world.contacts[int(world.trader_enterprise(trader))] = shared
        world.traders.lines[self.traders] = world.traders.lines[self.traders[0]]

    def lodge(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """The one whose turn it is takes the place of all."""
        turn = self.traders[work.day * len(self.traders) // world.period.days]
        work.trader = np.where(np.isin(work.trader, self.traders), turn, work.trader)

    def declare(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Less on paper than in the box."""
        mine = np.isin(work.trader, self.traders) & (work.wrong == NONE)
        hit = mine & (rng.random(work.count) < self.strength)
        work.wrong = np.where(hit, QUANTITY, work.wrong)
        self.noted(work.entry[hit])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """All of them, and the cluster that they are."""
        members = [world.enterprise_ids[place] for place in world.trader_enterprise(self.traders)]
        others = [("enterprise", member) for member in members[1:]] + [("cluster", "+".join(sorted(members)))]
        return [self.truth(world, ("enterprise", members[0]), others, members=members)]


PLANT = LinkedCompanies
