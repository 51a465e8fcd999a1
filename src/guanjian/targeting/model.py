"""The model: what it remembers, its two heads, and what it says about a declaration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanjian.targeting.features import Memory
from guanjian.targeting.heads import Heads
from guanjian.targeting.rows import Rows
from guanjian.targeting.settings import Settings
from guanjian.targeting.worth import worth


@dataclass(frozen=True, slots=True)
class Scores:
    """For each declaration: chance of a violation, what would be evaded then, and what a look is worth in all."""

    probability: np.ndarray
    at_stake: np.ndarray
    worth: np.ndarray  # with what the newest results next door say and what a find would teach, in yuan
    matrix: np.ndarray

    @property
    def expected(self) -> np.ndarray:
        """Expected evaded revenue, in yuan."""
        return self.probability * self.at_stake


@dataclass(slots=True)
class Model:
    """Trained at one moment; `version` is the hash of its file once it has one."""

    memory: Memory
    heads: Heads
    sample: np.ndarray  # features of a thousand of the newest that it learned from: drift is measured against them
    sample_scores: np.ndarray
    facts: dict  # how many rows, what share was examined: told with every evaluation
    version: str = ""

    @classmethod
    def train(cls, rows: Rows, settings: Settings | None = None, memory: Memory | None = None) -> Model:
        """Learn from all results in these rows; every example sees only what was known before it.

        `memory`: meetings and prices gathered before (reading them looks back only), to which these results are added.
        """
        settings = settings or Settings()
        memory = memory.with_results(rows) if memory else Memory.of(rows, settings)
        looked = rows.take(rows.examined)
        matrix = memory.matrix(looked)
        heads = Heads.of(matrix, memory.names, looked, settings)
        newest = np.argsort(looked.at, kind="stable")[-max(len(looked) // 5, 1000) :]
        few = np.random.default_rng(settings.seed).permutation(newest)[:1000]
        facts = {
            "declarations": len(rows),
            "examined": len(looked),
            "examined_share": len(looked) / len(rows),
            "found": int(looked.found.sum()),
            "from": int(rows.at.min()),
            "to": int(rows.at.max()),
        }
        return cls(memory, heads, matrix[few], heads.probability(matrix[few]), facts)

    def remember(self, rows: Rows) -> None:
        """Take in newer results without growing other trees: finds of the last weeks count at once."""
        self.memory = self.memory.with_results(rows)

    def score(self, rows: Rows) -> Scores:
        """Score declarations with what is remembered of the time before each."""
        matrix = self.memory.matrix(rows)
        probability, at_stake = self.heads.probability(matrix), self.heads.at_stake(matrix, rows)
        return Scores(probability, at_stake, worth(self.memory, rows, probability, at_stake), matrix)
