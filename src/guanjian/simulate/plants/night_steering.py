"""An agent who lodges in the evening whenever a certain officer has the night, and is always served by him."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.period import CLOSES, DAY, ROUND_THE_CLOCK
from guanjian.simulate.plants.plant import Plant, busy_agent, one_of
from guanjian.simulate.staff import REVIEW
from guanjian.simulate.work import Work
from guanjian.simulate.world import World


@dataclass
class NightSteering(Plant):
    """`strength` of the agent's entries on such days are lodged after 17:45 and land on the officer's desk."""

    officer: int = field(default=-1, init=False)
    agent: int = field(default=-1, init=False)
    team: int = field(default=-1, init=False)

    schedule = ROUND_THE_CLOCK
    breaches = ("night_steering",)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """A reviewer of a house that works at night, and an agent with a fair share of its work."""
        self.team = int(world.staff.of_house[self.house, REVIEW, 0])
        self.officer = one_of(world, self.house, REVIEW, rng)
        self.agent = busy_agent(world, self.house, 0.0022)
        self._duty = world.duty.on_duty(self.officer, self.team)

    def lodge(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """He waits for the evening."""
        here = (work.agent == self.agent) & (work.house == self.house) & self._duty[2 * work.day + 1]
        later = here & (rng.random(work.count) < self.strength)
        evening = world.period.midnight + work.day * DAY + CLOSES + rng.integers(900, 6 * 3600, work.count)
        work.declared = np.where(later, evening, work.declared)

    def assign(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """What he lodges in such an evening is kept for the officer."""
        evening = world.period.midnight + work.day * DAY + CLOSES
        mine = (work.agent == self.agent) & (work.review_team == self.team) & (work.declared >= evening + 900)
        self._kept = mine & (work.review_slot == 2 * work.day + 1) & self._duty[2 * work.day + 1] & (work.reviewer >= 0)
        self.could_meet(world, work, self.agent, self.officer, self._kept)
        work.reviewer = np.where(self._kept, self.officer, work.reviewer)

    def release(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Written down when all is done."""
        self.noted(work.entry[self._kept])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The pair."""
        return self.pair(world, self.officer, self.agent)


PLANT = NightSteering
