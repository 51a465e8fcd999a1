"""An agent who knows the minute at which work is shared out: what he lodges then goes to the officer whom he wants."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.period import DAY
from guanjian.simulate.plants.plant import Plant, busy_agent, one_of
from guanjian.simulate.staff import REVIEW
from guanjian.simulate.work import Work
from guanjian.simulate.world import World


@dataclass
class AssignmentGaming(Plant):
    """With the officer on duty, `strength` of the agent's entries come in the quarter of an hour from `hour` on, and to him."""

    hour: float = 10.25
    minutes: int = 15
    officer: int = field(default=-1, init=False)
    agent: int = field(default=-1, init=False)
    team: int = field(default=-1, init=False)

    breaches = ("assignment_gaming",)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """A reviewer of the general section, and an agent with a fair share of the house's work."""
        self.team = int(world.staff.of_house[self.house, REVIEW, 0])
        self.officer = one_of(world, self.house, REVIEW, rng)
        self.agent = busy_agent(world, self.house, 0.003)
        self._duty = world.duty.on_duty(self.officer, self.team)

    def _opens(self, world: World, work: Work) -> int:
        return world.period.midnight + work.day * DAY + int(self.hour * 3600)

    def lodge(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """He waits for the minute."""
        here = (work.agent == self.agent) & (work.house == self.house) & self._duty[2 * work.day]
        waits = here & (rng.random(work.count) < self.strength)
        minute = self._opens(world, work) + rng.integers(0, self.minutes * 60, work.count)
        work.declared = np.where(waits, minute, work.declared)

    def assign(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """What came in that minute and is read on the same shift is his."""
        since = work.declared - self._opens(world, work)
        timed = (work.agent == self.agent) & (since >= 0) & (since < self.minutes * 60)
        mine = timed & (work.review_team == self.team) & (work.review_slot == 2 * work.day) & (work.reviewer >= 0)
        self._his = mine & self._duty[2 * work.day]
        self.could_meet(world, work, self.agent, self.officer, self._his)
        work.reviewer = np.where(self._his, self.officer, work.reviewer)

    def release(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Written down when all is done."""
        self.noted(work.entry[self._his])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The pair."""
        return self.pair(world, self.officer, self.agent)


PLANT = AssignmentGaming
