"""An investigator whose fines for the clients of one agent lie far below those that others pay."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.control import PROBABILITY
from guanjian.simulate.plants.plant import Plant, busy_agent, grow, hand_over
from guanjian.simulate.work import NONE, QUANTITY, Work
from guanjian.simulate.world import World


@dataclass
class BiasedDiscretion(Plant):
    """He takes `strength` of the agent's fines when he is on duty, and asks `share` (from, to) of the duty or base."""

    wrong: float = 0.3
    opened: float = 0.4
    share: tuple[float, float] = (0.06, 0.2)
    officer: int = field(default=-1, init=False)
    agent: int = field(default=-1, init=False)
    team: int = field(default=-1, init=False)

    breaches = ("biased_discretion",)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """An investigator of the district's bureau, and a large agent whose clients often get it wrong."""
        self.team = int(world.staff.of_district["case"][world.units.district[self.house]])
        bureau = world.staff.teams[self.team]
        self.officer = bureau.first + int(rng.integers(bureau.size))
        self.agent = grow(world, busy_agent(world, self.house, 0.012), self.house, 0.4)
        self._duty = world.duty.on_duty(self.officer, self.team)

    def declare(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """More is wrong than with others."""
        mine = (work.agent == self.agent) & (work.house == self.house) & (work.wrong == NONE)
        hit = mine & (rng.random(work.count) < self.wrong)
        work.wrong = np.where(hit, QUANTITY, work.wrong)

    def select(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """And it is known."""
        mine = (work.agent == self.agent) & (work.house == self.house)
        work.propensity = np.where(mine, np.maximum(work.propensity, self.opened), work.propensity)
        more = mine & ~work.selected & (rng.random(work.count) < self.opened)
        work.lane = np.where(more, PROBABILITY, work.lane)
        work.selected = work.selected | more

    def release(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """What is found with them is handed over to the bureau: there it is his."""
        hand_over(work, (work.agent[work.exam_entry] == self.agent) & (work.house[work.exam_entry] == self.house))

    def punish(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """A light tier, and a fraction of what the tier allows."""
        entry = work.exam_entry[work.case_exam]
        slot = world.period.slot_of(np.maximum(work.fined_at, world.period.midnight))
        known = (work.fined_at > 0) & (work.fined_at <= world.period.cutoff)
        mine = (work.agent[entry] == self.agent) & (work.house[entry] == self.house) & known & self._duty[slot]
        goes = mine & (rng.random(len(entry)) < self.strength)
        mate = np.where(work.fined_with == self.officer, work.fined_by, work.fined_with)
        work.fined_with = np.where(goes, mate, work.fined_with)
        work.fined_by = np.where(goes, self.officer, work.fined_by)
        work.fine_tier = np.where(goes, 1, work.fine_tier)
        work.fine_share = np.where(goes, rng.uniform(*self.share, len(entry)), work.fine_share)
        self.noted(work.entry[entry[goes]])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The pair."""
        officer, agent = world.staff.ids[self.officer], world.enterprise_ids[self.agent]
        others = [("officer", officer), ("enterprise", agent)]
        return [self.truth(world, ("pair", f"{officer}|{agent}"), others, officer_id=officer, agent_id=agent)]


PLANT = BiasedDiscretion
