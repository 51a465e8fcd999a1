"""An examiner whose openings are over before they can have begun, and report nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.plants.plant import Plant, one_of
from guanjian.simulate.staff import EXAMINE
from guanjian.simulate.work import MACHINE, Work
from guanjian.simulate.world import World


@dataclass
class TokenExamination(Plant):
    """`strength` of the openings that he leads last `minutes` (from, to) and find nothing."""

    minutes: tuple[float, float] = (2.0, 6.0)
    officer: int = field(default=-1, init=False)

    breaches = ("token_examination",)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """One of the house's examiners."""
        self.officer = one_of(world, self.house, EXAMINE, rng)

    def examine(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """The form is filled in, the seal is hardly broken."""
        led = (work.lead == self.officer) & work.to_open(world.period.cutoff) & (work.mode != MACHINE)
        goes = led & (rng.random(len(led)) < self.strength)
        work.minutes = np.where(goes, rng.uniform(*self.minutes, len(led)), work.minutes)
        work.hidden[work.exam_entry[goes]] = True
        self.noted(work.entry[work.exam_entry[goes]])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The officer."""
        return [self.truth(world, ("officer", world.staff.ids[self.officer]), [])]


PLANT = TokenExamination
