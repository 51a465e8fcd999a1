"""Fraud that does not stand still: every few weeks other goods, other agents and another depth of price."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.breaches import UNDERVALUED
from guanjian.simulate.goods import IMPORT
from guanjian.simulate.plants.plant import Plant
from guanjian.simulate.problems import week_of
from guanjian.simulate.work import PRICE, Work
from guanjian.simulate.world import World


@dataclass
class FraudDrift(Plant):
    """A new pattern every `every` weeks lives for `lives` weeks: `goods` cells through a share `agents` of all agents.

    `strength` of the entries that fit it are declared at a share of the price drawn from `price`.
    """

    every: int = 8
    lives: int = 16
    goods: int = 8
    agents: float = 0.3
    price: tuple[float, float] = (0.45, 0.8)
    patterns: list[tuple[int, np.ndarray, np.ndarray]] = field(default_factory=list, init=False, repr=False)

    breaches = (UNDERVALUED,)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """All patterns of the period; some are under way when it begins."""
        imports = np.flatnonzero(world.goods.way == IMPORT)
        chance = world.goods.popularity[imports] / world.goods.popularity[imports].sum()
        weeks = week_of(world, world.period.days - 1) + 1
        for first in range(-self.lives + self.every, weeks, self.every):
            cells = rng.choice(imports, self.goods, replace=False, p=chance)
            self.patterns.append((first, cells, rng.random(len(world.agents.weight)) < self.agents))

    def declare(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Whoever fits a pattern of the week may go along with it."""
        week, fits = week_of(world, work.day), np.zeros(len(work.cell), bool)
        for first, cells, who in self.patterns:
            if first <= week < first + self.lives:
                fits |= np.isin(work.cell, cells) & who[work.agent][work.item_entry]
        goes = rng.random(work.count) < self.strength
        lines = fits & goes[work.item_entry]
        work.factor = np.where(lines, rng.uniform(*self.price, len(lines)), work.factor)
        hit = np.bincount(work.item_entry, lines, work.count) > 0
        work.wrong = np.where(hit, PRICE, work.wrong)
        self.noted(work.entry[hit])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The entries are the labels; `patterns` say when which goods went."""
        goods = world.goods
        told = [
            {"from_week": first, "to_week": first + self.lives - 1, "agents": int(who.sum()),
             "goods": [[goods.hs[int(goods.commodity[c])].as_py(), goods.countries[int(goods.origin[c])].as_py()] for c in cells]}
            for first, cells, who in self.patterns
        ]  # fmt: skip
        return [self.truth(world, ("cluster", f"{self.kind}-{self.number + 1}"), [], patterns=told)]


PLANT = FraudDrift
