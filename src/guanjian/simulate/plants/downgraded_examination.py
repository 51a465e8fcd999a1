"""An examiner who opens less than the instruction asks for whenever he leads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.breaches import LIGHTER
from guanjian.simulate.handling import MINUTES, lighter_mode
from guanjian.simulate.plants.plant import Plant, one_of
from guanjian.simulate.staff import EXAMINE
from guanjian.simulate.work import Work
from guanjian.simulate.world import World


@dataclass
class DowngradedExamination(Plant):
    """`strength` of the full and partial examinations that he leads are done one step lighter."""

    officer: int = field(default=-1, init=False)

    breaches = (LIGHTER,)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """One of the house's examiners."""
        self.officer = one_of(world, self.house, EXAMINE, rng)

    def examine(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Lighter, and accordingly quicker."""
        less = lighter_mode(work.required)
        able = (
            (work.lead == self.officer)
            & work.to_open(world.period.cutoff)
            & (less != work.required)
            & (work.mode == work.required)
        )
        goes = able & (rng.random(len(able)) < self.strength)
        work.minutes = np.where(goes, work.minutes * MINUTES[less] / MINUTES[work.mode], work.minutes)
        work.mode = np.where(goes, less, work.mode)
        self.noted(work.entry[work.exam_entry[goes]])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The officer."""
        return [self.truth(world, ("officer", world.staff.ids[self.officer]), [])]


PLANT = DowngradedExamination
