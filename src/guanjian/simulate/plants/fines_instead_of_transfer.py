"""An investigator who fines one trader where the law wants a criminal case."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.control import PROBABILITY
from guanjian.simulate.goods import IMPORT
from guanjian.simulate.period import DAY
from guanjian.simulate.plants.plant import Plant, busy_agent, clients, grow, hand_over
from guanjian.simulate.work import PRICE, Work
from guanjian.simulate.world import World

CRIMINAL = 200_000  # duty evaded by a unit from which it is a crime


@dataclass
class FinesInsteadOfTransfer(Plant):
    """The trader evades `evaded` of duty (from, to) on an entry; `strength` of his criminal cases end with a fine."""

    evaded: tuple[float, float] = (220_000, 900_000)
    opened: float = 0.5
    agent_share: float = 0.3
    trader: int = field(default=-1, init=False)
    officer: int = field(default=-1, init=False)
    team: int = field(default=-1, init=False)

    breaches = ("fines_instead_of_transfer",)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """An investigator of the district's bureau; a large importer of dutiable goods."""
        self.team = int(world.staff.of_district["case"][world.units.district[self.house]])
        bureau = world.staff.teams[self.team]
        self.officer = bureau.first + int(rng.integers(bureau.size))
        agent = grow(world, busy_agent(world, self.house, 0.006), self.house, 0.25)
        self.trader = int(clients(world, agent, 1, self.agent_share)[0])
        goods = world.goods
        dear = np.flatnonzero((goods.way == IMPORT) & (goods.rate >= np.quantile(goods.rate[goods.way == IMPORT], 0.7)))
        world.traders.lines[self.trader, IMPORT] = rng.choice(dear)
        world.traders.imports[self.trader] = 1.0
        self._turns = np.flatnonzero(world.duty.on_duty(self.officer, self.team))

    def declare(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Large consignments at half of their price."""
        his = (work.trader == self.trader) & (work.house == self.house)
        work.wrong, mine = np.where(his, PRICE, work.wrong), his[work.item_entry]
        evaded = rng.uniform(*self.evaded, work.count)[work.item_entry]
        lines = np.bincount(work.item_entry, minlength=work.count)[work.item_entry]
        goods = world.goods
        enough = np.ceil(evaded / lines / 0.5 / np.maximum(goods.rate[work.cell], 0.01) / goods.level[work.cell] * 1.3)
        work.quantity = np.where(mine, enough, work.quantity)
        work.factor = np.where(mine, 0.5, work.factor)

    def select(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Such consignments are looked at."""
        mine = work.trader == self.trader
        work.propensity = np.where(mine, np.maximum(work.propensity, self.opened), work.propensity)
        more = mine & ~work.selected & (rng.random(work.count) < self.opened)
        work.lane = np.where(more, PROBABILITY, work.lane)
        work.selected = work.selected | more

    def release(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """What is found with them is handed over to the bureau: there it is his."""
        hand_over(work, (work.trader[work.exam_entry] == self.trader))

    def punish(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Filed as administrative, and fined by him when he is on duty."""
        entry, period = work.exam_entry[work.case_exam], world.period
        mine = (work.trader[entry] == self.trader) & work.criminal & (work.short_tax[entry] >= CRIMINAL)
        goes = mine & (rng.random(len(entry)) < self.strength) & (work.filed_at <= period.cutoff)
        ready = np.searchsorted(self._turns, period.slot_of(work.filed_at + 12 * DAY))
        slot = self._turns[np.minimum(ready, len(self._turns) - 1)]
        at = np.where(ready < len(self._turns), period.starts[slot] + 5400, period.cutoff + DAY)
        work.criminal = work.criminal & ~goes
        work.fined_at = np.where(goes, at, work.fined_at)
        work.paid_at = np.where(goes, at + 5 * DAY, work.paid_at)
        work.fined_by = np.where(goes, self.officer, work.fined_by)
        other = world.duty.another(np.full(len(slot), self.team), slot, work.fined_by, rng.random(len(slot)))
        work.fined_with = np.where(goes, other, work.fined_with)
        self.noted(work.entry[entry[goes]])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The investigator with the trader, and the cases; that the trader declares low is told apart from it."""
        officer = world.staff.ids[self.officer]
        trader = world.enterprise_ids[int(world.trader_enterprise(np.array(self.trader)))]
        cases = [("case", f"A{entry}") for entry in self.notes.by_subject(self.kind).get(0, [])]
        subjects = [("officer", officer), *cases]
        return [self.truth(world, ("pair", f"{officer}|{trader}"), subjects, officer_id=officer, trader_id=trader)]


PLANT = FinesInsteadOfTransfer
