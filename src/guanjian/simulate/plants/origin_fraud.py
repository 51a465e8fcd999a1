"""Traders who claim an origin with a preference for goods that come from elsewhere; the ship still sails from there."""

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
class OriginFraud(Plant):
    """`members` clients of one agent declare `strength` of their lines of one commodity with another origin, free of duty."""

    members: int = 3
    agent_share: float = 0.4
    traders: np.ndarray = field(default=None, init=False, repr=False)
    true: int = field(default=-1, init=False)
    shown: int = field(default=-1, init=False)

    breaches = ("origin_fraud",)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Importers of one commodity that comes from several countries."""
        self.traders = clients(
            world, busy_agent(world, self.house, 0.003), self.members, self.agent_share, dutiable=True
        )
        self.true, self.shown = self._origins(world, rng)
        people = world.traders
        people.lines[self.traders, IMPORT], people.imports[self.traders] = self.true, 1.0

    def _origins(self, world: World, rng: np.random.Generator) -> tuple[int, int]:
        goods = world.goods
        imports = np.flatnonzero((goods.way == IMPORT) & (goods.rate > 0.03))
        for true in rng.permutation(imports):
            others = imports[(goods.commodity[imports] == goods.commodity[true]) & (imports != true)]
            if len(others):
                return int(true), int(others[np.argmin(goods.popularity[others])])
        raise BadInput("没有来自多个原产地的应税商品。", "No dutiable goods come from more than one origin.")

    def declare(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Another origin on the certificate."""
        mine = np.isin(work.trader, self.traders) & (rng.random(work.count) < self.strength)
        lines = mine[work.item_entry] & (work.cell == self.true)
        work.instead = np.where(lines, self.shown, work.instead)
        work.relief = work.relief | lines
        hit = np.bincount(work.item_entry, lines, work.count) > 0
        work.wrong = np.where(hit, PRICE, work.wrong)
        self.noted(work.entry[hit])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The traders, the true origin and the one declared."""
        goods = world.goods
        true, shown = (goods.countries[int(goods.origin[cell])].as_py() for cell in (self.true, self.shown))
        members = [world.enterprise_ids[place] for place in world.trader_enterprise(self.traders)]
        more = {"members": members, "hs_code": goods.hs[int(goods.commodity[self.true])].as_py()}
        others = [("enterprise", member) for member in members[1:]]
        return [self.truth(world, ("enterprise", members[0]), others, origin_country=true, declared_as=shown, **more)]


PLANT = OriginFraud
