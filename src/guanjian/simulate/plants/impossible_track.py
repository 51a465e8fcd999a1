"""An officer who never leaves the office: his track stays there, but for one invented point that nobody could reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.fieldwork import Jobs
from guanjian.simulate.plants.plant import Plant, out_most
from guanjian.simulate.world import World


@dataclass
class ImpossibleTrack(Plant):
    """On `strength` of the jobs that he is to go on, he and his companion stay where they are."""

    officer: int = field(default=-1, init=False)

    breaches = ("impossible_track",)

    def visit(self, world: World, jobs: Jobs, rng: np.random.Generator) -> None:
        """Whoever of the house goes out most."""
        self.officer = out_most(jobs, self.house)
        mine = (jobs.officers == self.officer).any(axis=1) & (rng.random(jobs.count) < self.strength)
        jobs.faked |= mine[:, None]
        self.objects = jobs.names(np.flatnonzero(mine))

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The officer."""
        return [self.truth(world, ("officer", world.staff.ids[self.officer]), [])]


PLANT = ImpossibleTrack
