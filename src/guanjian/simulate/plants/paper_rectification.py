"""A house that closes a problem on paper: no evidence, and it comes back at the same node, again and again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from guanjian.simulate.plants.plant import Plant
from guanjian.simulate.problems import LINES, NODES, Problems
from guanjian.simulate.world import World


@dataclass
class PaperRectification(Plant):
    """The problem is found every `every` days; `strength` of these are closed within a week without any evidence."""

    every: int = 12
    line: int = field(default=-1, init=False)
    node: int = field(default=-1, init=False)
    _paper: np.ndarray = field(default=None, init=False, repr=False)

    breaches = ("paper_rectification",)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """One node of one line."""
        self.line, self.node = int(rng.integers(len(LINES))), int(rng.integers(NODES))

    def supervise(self, world: World, book: Problems, rng: np.random.Generator) -> None:
        """Each is known as the same as the one before."""
        found = np.arange(rng.integers(1, self.every), world.period.days - 8, self.every)
        count, before = len(found), book.count
        closed = found + rng.integers(3, 7, count)
        paper = rng.random(count) < self.strength
        book.add(
            house=np.full(count, self.house),
            line=np.full(count, self.line),
            node=np.full(count, self.node),
            found=found,
            closed=closed,
            shown=np.where(paper, -1, closed - 1),
            severity=np.ones(count, np.int64),
            source=np.arange(count) % 3,
            again=np.append(-1, before + np.arange(count - 1)),
            owner=np.full(count, self.number),
        )
        self._paper = paper

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The house; `problems` are all of the chain, the entries those that were closed on paper."""
        self.objects = [problem for problem, paper in zip(self.problems, self._paper, strict=True) if paper]
        node = f"{LINES[self.line]}-{self.node + 1:02d}"
        return [self.truth(world, ("unit", self.unit(world)), [], node_code=node, problems=self.problems)]


PLANT = PaperRectification
