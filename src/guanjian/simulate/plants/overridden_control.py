"""A risk analyst who lifts the instructions against one agent's goods before they are opened, and says no reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.control import SEVERITY
from guanjian.simulate.plants.plant import Plant, busy_agent, grow
from guanjian.simulate.work import Work
from guanjian.simulate.world import World


@dataclass
class OverriddenControl(Plant):
    """`opened` of the agent's entries are to be opened; the analyst lifts `strength` of these when he is on duty."""

    opened: float = 0.4
    officer: int = field(default=-1, init=False)
    agent: int = field(default=-1, init=False)
    team: int = field(default=-1, init=False)

    breaches = ("overridden_control",)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """An analyst of the district's risk desk, and an agent of the house."""
        self.team = int(world.staff.of_district["risk"][world.units.district[self.house]])
        desk = world.staff.teams[self.team]
        self.officer = desk.first + int(rng.integers(desk.size))
        self.agent = grow(world, busy_agent(world, self.house, 0.006), self.house, 0.2)
        self._duty = world.duty.on_duty(self.officer, self.team)

    def select(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """The agent is known, and under a standing control."""
        mine = (work.agent == self.agent) & (work.house == self.house)
        work.propensity = np.where(mine, np.maximum(work.propensity, self.opened), work.propensity)
        more = mine & ~work.selected & (rng.random(work.count) < self.opened)
        work.lane = np.where(more, SEVERITY, work.lane)
        work.selected = work.selected | more

    def examine(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """One key and the container drives off."""
        entry, slot = work.exam_entry, world.period.slot_of(work.exam_at)
        mine = (work.agent[entry] == self.agent) & (work.issue_team == self.team) & (work.issuer != self.officer)
        goes = mine & self._duty[slot] & (rng.random(len(entry)) < self.strength) & (work.exam_at < world.period.cutoff)
        work.waived, work.unstated = work.waived | goes, work.unstated | goes
        work.waived_by = np.where(goes, self.officer, work.waived_by)
        self.noted(work.entry[entry[goes]])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The analyst and the agent."""
        officer, agent = world.staff.ids[self.officer], world.enterprise_ids[self.agent]
        others = [("officer", officer), ("enterprise", agent)]
        return [self.truth(world, ("pair", f"{officer}|{agent}"), others, officer_id=officer, agent_id=agent)]


PLANT = OverriddenControl
