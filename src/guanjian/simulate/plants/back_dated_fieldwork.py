"""An officer who makes up the tracks of his field work days later, and hands in the photographs of an earlier job."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.fieldwork import Jobs
from guanjian.simulate.period import DAY
from guanjian.simulate.plants.plant import Plant, out_most
from guanjian.simulate.world import World


@dataclass
class BackDatedFieldwork(Plant):
    """`strength` of the jobs that he goes on reach the server two to five days late; `copies` of these with old photographs."""

    copies: float = 0.5
    officer: int = field(default=-1, init=False)
    copied: list[str] = field(default_factory=list, init=False)

    breaches = ("back_dated_fieldwork",)

    def visit(self, world: World, jobs: Jobs, rng: np.random.Generator) -> None:
        """Whoever of the house goes out most."""
        self.officer = out_most(jobs, self.house)
        late = (jobs.officers == self.officer) & (rng.random(jobs.count) < self.strength)[:, None]
        jobs.delay = np.where(late, rng.integers(2 * DAY, 5 * DAY, jobs.count)[:, None], jobs.delay)
        mine = np.flatnonzero(late.any(axis=1))
        again = (rng.random(len(mine)) < self.copies) & (np.arange(len(mine)) > 0)
        taken = np.maximum.accumulate(
            np.where(again, 0, np.arange(len(mine)))
        )  # his last job with photographs of its own
        jobs.copied[mine] = mine[taken]
        self.objects = jobs.names(mine)
        self.copied = jobs.names(mine[again])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The officer."""
        return [self.truth(world, ("officer", world.staff.ids[self.officer]), [], copied=self.copied)]


PLANT = BackDatedFieldwork
