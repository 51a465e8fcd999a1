"""Several consignees that are one: same agent, telephone, address and representative, one commodity, all declared low."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.breaches import UNDERVALUED
from guanjian.simulate.goods import IMPORT
from guanjian.simulate.plants.plant import Plant, busy_agent, clients
from guanjian.simulate.work import Work
from guanjian.simulate.world import World


@dataclass
class UndervaluationRing(Plant):
    """`members` consignees declare a share `price` of the true value on `strength` of their lines of the commodity."""

    strength: float = 0.8
    members: int = 6
    price: tuple[float, float] = (0.55, 0.72)
    agent_share: float = 0.45  # how much of the agent's work they are
    traders: np.ndarray = field(default=None, init=False, repr=False)
    agent: int = field(default=-1, init=False)
    cell: int = field(default=-1, init=False)

    breaches = (UNDERVALUED,)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Clients of one agent of the house; a commodity with many honest traders; one address for all."""
        people = world.traders
        self.agent = busy_agent(world, self.house, 0.0022)
        self.traders = clients(world, self.agent, self.members, self.agent_share)
        self.cell = self._commodity(world, rng)
        people.lines[self.traders, IMPORT, 0] = self.cell
        people.line_share[self.traders] = np.array([0.75, 0.88, 0.96, 1.0])
        people.imports[self.traders], people.credit[self.traders] = 1.0, 3
        shared = (self.number, int(world.units.district[self.house]))
        for trader in self.traders:
            world.contacts[int(world.trader_enterprise(trader))] = shared

    def _commodity(self, world: World, rng: np.random.Generator) -> int:
        """One that so many honest traders deal in that the ring does not make its price."""
        goods, imports = world.goods, np.flatnonzero(world.goods.way == IMPORT)
        return int(rng.choice(imports[np.argsort(-goods.popularity[imports])][1:9]))

    def declare(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Each of them leaves out a part of the price of the commodity."""
        ours = np.isin(work.trader, self.traders) & (rng.random(work.count) < self.strength)
        lines = ours[work.item_entry] & (work.cell == self.cell)
        work.factor = np.where(lines, rng.uniform(*self.price, len(lines)), work.factor)
        self._low = np.bincount(work.item_entry[lines], minlength=work.count) > 0

    def release(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Written down when all is done."""
        self.noted(work.entry[self._low])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The ring, named after its agent; each member may be named."""
        goods = world.goods
        members = [world.enterprise_ids[place] for place in world.trader_enterprise(self.traders)]
        agent = world.enterprise_ids[self.agent]
        hs = goods.hs[int(goods.commodity[self.cell])].as_py()
        more = {
            "members": members,
            "agent_id": agent,
            "hs_code": hs,
            "origin_country": goods.countries[int(goods.origin[self.cell])].as_py(),
        }
        others = [("enterprise", member) for member in members[1:]]
        others += [("enterprise", agent), ("cluster", "+".join(sorted(members)))]
        return [self.truth(world, ("enterprise", members[0]), others, **more)]


PLANT = UndervaluationRing
