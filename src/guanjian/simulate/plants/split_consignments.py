"""A trader who now and then sends one big consignment as many small declarations within two days."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.goods import IMPORT
from guanjian.simulate.period import CHINA, DAY
from guanjian.simulate.plants.plant import Plant, busy_agent, clients
from guanjian.simulate.work import Work
from guanjian.simulate.world import World


@dataclass
class SplitConsignments(Plant):
    """`campaigns` times `pieces` entries of one commodity over two days, each worth `strength` of `limit_cny` or a bit less."""

    strength: float = 0.9
    campaigns: int = 3
    pieces: int = 8
    limit_cny: float = 400_000
    trader: int = field(default=-1, init=False)
    agent: int = field(default=-1, init=False)
    cell: int = field(default=-1, init=False)

    breaches = ("split_consignments",)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """A client of an agent of the house, with one commodity; the days are spread over the period."""
        self.agent = busy_agent(world, self.house, 0.0022)
        self.trader = int(clients(world, self.agent, 1, 0.02)[0])
        world.traders.imports[self.trader] = 1.0
        self.cell = int(world.traders.lines[self.trader, IMPORT, 0])
        working = np.flatnonzero(world.period.working[: world.period.days - 1])
        first = [int(rng.choice(stretch)) for stretch in np.array_split(working, self.campaigns)]
        self.days = {day + later for day in first for later in (0, 1)}

    def lodge(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Half of the pieces today, half tomorrow; they take the places of other entries of the house."""
        here = np.flatnonzero(work.house == self.house)
        if work.day in self.days and len(here):
            chosen = rng.choice(here, min(len(here), self.pieces // 2), replace=False)
            work.agent[chosen], work.trader[chosen], work.way[chosen] = self.agent, self.trader, IMPORT
            noon = world.period.midnight + work.day * DAY + 10 * 3600
            work.declared[chosen] = noon + rng.integers(0, CHINA // 4, len(chosen))

    def declare(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """The same goods in each piece, the quantity cut to stay below the limit."""
        mine = (work.trader == self.trader) & (work.house == self.house) & (work.day in self.days)
        lines, count = mine[work.item_entry], np.bincount(work.item_entry, minlength=work.count)
        worth = self.limit_cny * self.strength * rng.uniform(0.75, 1.0, len(lines)) / count[work.item_entry]
        work.cell = np.where(lines, self.cell, work.cell)
        fitting = np.maximum(1.0, np.floor(worth / world.goods.level[self.cell]))
        work.quantity = np.where(lines, fitting, work.quantity)
        self.noted(work.entry[mine])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The trader."""
        trader = world.enterprise_ids[int(world.trader_enterprise(np.array(self.trader)))]
        commodity = int(world.goods.commodity[self.cell])
        return [self.truth(world, ("enterprise", trader), [], hs_code=world.goods.hs[commodity].as_py())]


PLANT = SplitConsignments
