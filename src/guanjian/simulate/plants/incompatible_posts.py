"""One person in two of the separated posts: a reviewer who releases, or helps to open, what he has reviewed himself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.breaches import INCOMPATIBLE
from guanjian.simulate.plants.plant import Plant, one_of
from guanjian.simulate.staff import REVIEW
from guanjian.simulate.work import Work
from guanjian.simulate.world import World


@dataclass
class IncompatiblePosts(Plant):
    """`second`: the other function, `release` or `examine`."""

    strength: float = 0.15
    second: str = "release"
    officer: int = field(default=-1, init=False)

    breaches = (INCOMPATIBLE,)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """A reviewer of the general section."""
        self.officer = one_of(world, self.house, REVIEW, rng)

    def examine(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """He goes along as the second examiner of what he reviewed."""
        if self.second != "examine":
            return
        mine = work.reviewer[work.exam_entry] == self.officer
        goes = mine & (rng.random(len(mine)) < self.strength)
        work.second = np.where(goes, self.officer, work.second)
        self.noted(work.entry[work.exam_entry[goes]])

    def release(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """He releases it himself, minutes after the review, where nothing else is to be done."""
        if self.second != "release":
            return
        mine = (work.reviewer == self.officer) & ~work.selected & (work.priced_at < 0)
        goes = mine & (rng.random(work.count) < self.strength)
        work.releaser = np.where(goes, self.officer, work.releaser)
        work.release_at = np.where(goes, work.review_at + rng.integers(120, 1500, work.count), work.release_at)
        self.noted(work.entry[goes])

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The officer."""
        functions = ["doc_review", self.second]
        return [self.truth(world, ("officer", world.staff.ids[self.officer]), [], functions=functions)]


PLANT = IncompatiblePosts
