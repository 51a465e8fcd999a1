"""A trader who declares dear goods under a code with a lower rate of duty; name and price still tell what they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.kernel.errors import BadInput
from guanjian.simulate.goods import IMPORT
from guanjian.simulate.plants.plant import Plant, busy_agent, clients
from guanjian.simulate.work import PRICE, Work
from guanjian.simulate.world import World


@dataclass
class Misclassification(Plant):
    """`strength` of the lines of one commodity carry the code of another one, of the same unit and a lower rate."""

    agent_share: float = 0.3
    trader: int = field(default=-1, init=False)
    true: int = field(default=-1, init=False)
    shown: int = field(default=-1, init=False)

    breaches = ("misclassification",)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """A large importer of one commodity with a high rate."""
        self.trader = int(clients(world, busy_agent(world, self.house, 0.003), 1, self.agent_share, dutiable=True)[0])
        self.true, self.shown = self._codes(world, rng)
        people = world.traders
        people.lines[self.trader, IMPORT], people.imports[self.trader] = self.true, 1.0

    def _codes(self, world: World, rng: np.random.Generator) -> tuple[int, int]:
        goods = world.goods
        imports = np.flatnonzero(goods.way == IMPORT)
        for true in rng.permutation(imports[goods.rate[imports] >= np.quantile(goods.rate[imports], 0.6)]):
            alike = (goods.unit[imports] == goods.unit[true]) & (goods.origin[imports] == goods.origin[true])
            lower = imports[alike & (goods.rate[imports] < goods.rate[true] - 0.02)]
            if len(lower):
                return int(true), int(lower[np.argmax(goods.popularity[lower])])
        raise BadInput(
            "没有可供伪报的低税率编码。", "There is no code of a lower rate that goods could be declared under."
        )

    def declare(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """On the papers it is something else."""
        mine = (work.trader == self.trader) & (rng.random(work.count) < self.strength)
        lines = mine[work.item_entry] & (work.cell == self.true)
        work.instead = np.where(lines, self.shown, work.instead)
        hit = np.bincount(work.item_entry, lines, work.count) > 0
        work.wrong = np.where(hit, PRICE, work.wrong)
        self.noted(work.entry[hit])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The trader, the true code and the one declared."""
        goods = world.goods
        true, shown = (goods.hs[int(goods.commodity[cell])].as_py() for cell in (self.true, self.shown))
        trader = world.enterprise_ids[int(world.trader_enterprise(np.array(self.trader)))]
        return [self.truth(world, ("enterprise", trader), [], hs_code=true, declared_as=shown)]


PLANT = Misclassification
