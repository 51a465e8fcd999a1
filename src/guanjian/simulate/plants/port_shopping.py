"""A trader who goes to another port once he was caught at his own: displaced, not deterred."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.breaches import MISDECLARED
from guanjian.simulate.control import PROBABILITY
from guanjian.simulate.plants.plant import Plant, busy_agent, clients
from guanjian.simulate.spread import kilometres
from guanjian.simulate.units import FULL
from guanjian.simulate.work import NONE, QUANTITY, Work
from guanjian.simulate.world import World


@dataclass
class PortShopping(Plant):
    """From `since` of the period on his own port opens `opened` of his goods, and `strength` of them go elsewhere."""

    wrong: float = 0.4
    since: float = 0.5
    opened: float = 0.5
    agent_share: float = 0.4
    trader: int = field(default=-1, init=False)
    agent: int = field(default=-1, init=False)
    other: int = field(default=-1, init=False)
    day: int = field(default=-1, init=False)

    breaches = (MISDECLARED,)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """A large client of an agent of the house, and the nearest large house of a district where nobody else is planted."""
        self.agent = busy_agent(world, self.house, 0.003)
        self.trader = int(clients(world, self.agent, 1, self.agent_share)[0])
        units = world.units
        rows = units.rows[: units.houses]
        away = kilometres(*(np.array([row[key] for row in rows]) for key in ("lon", "lat")), self.house)
        able = (units.hands == FULL) & (units.district != units.district[self.house])
        apart = able & ~np.isin(units.district, list(world.scenes))
        able = apart if apart.any() else able
        self.other = int(np.argmin(np.where(able, away, np.inf)))
        world.scenes.add(int(units.district[self.other]))
        self.day = int(world.period.days * self.since)

    def lodge(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """His goods and somebody else's change places between the two ports."""
        if work.day < self.day:
            return
        mine = np.flatnonzero((work.trader == self.trader) & (work.house == self.house))
        mine = mine[rng.random(len(mine)) < self.strength]
        theirs = rng.permutation(np.flatnonzero(work.house == self.other))[: len(mine)]
        mine = mine[: len(theirs)]
        for name in ("agent", "trader", "way"):
            values = getattr(work, name)
            values[mine], values[theirs] = values[theirs], values[mine].copy()

    def declare(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """At either port the same is wrong."""
        mine = (work.trader == self.trader) & np.isin(work.house, [self.house, self.other]) & (work.wrong == NONE)
        hit = mine & (rng.random(work.count) < self.wrong)
        work.wrong = np.where(hit, QUANTITY, work.wrong)
        self.noted(work.entry[hit])

    def select(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """His own port has learnt; the other has not."""
        mine = (work.trader == self.trader) & (work.house == self.house) & (work.day >= self.day)
        work.propensity = np.where(mine, np.maximum(work.propensity, self.opened), work.propensity)
        more = mine & ~work.selected & (rng.random(work.count) < self.opened)
        work.lane = np.where(more, PROBABILITY, work.lane)
        work.selected = work.selected | more

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The trader, from where to where, and since when."""
        trader = world.enterprise_ids[int(world.trader_enterprise(np.array(self.trader)))]
        more = {"moved_to": world.units.codes[self.other], "moved_on": world.period.dates[self.day].isoformat()}
        return [self.truth(world, ("enterprise", trader), [], **more)]


PLANT = PortShopping
