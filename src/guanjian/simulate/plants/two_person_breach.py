"""An examiner who goes alone although colleagues are on the shift."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.breaches import ALONE
from guanjian.simulate.plants.plant import Plant, one_of
from guanjian.simulate.staff import EXAMINE
from guanjian.simulate.work import MACHINE, NOBODY, Work
from guanjian.simulate.world import World


@dataclass
class TwoPersonBreach(Plant):
    """`strength` of the openings that he leads have no second officer."""

    officer: int = field(default=-1, init=False)

    breaches = (ALONE,)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """One of the house's examiners."""
        self.officer = one_of(world, self.house, EXAMINE, rng)

    def examine(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Nobody comes along."""
        led = (
            (work.lead == self.officer)
            & work.to_open(world.period.cutoff)
            & (work.second != NOBODY)
            & (work.mode != MACHINE)
        )
        goes = led & (rng.random(len(led)) < self.strength)
        work.second = np.where(goes, NOBODY, work.second)
        self.noted(work.entry[work.exam_entry[goes]])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The officer."""
        return [self.truth(world, ("officer", world.staff.ids[self.officer]), [])]


PLANT = TwoPersonBreach
