"""Which stage is it in? A four-state chain, fitted to spreads whose truth is known, filtered week by week.

Stages follow each other with the chances of `move`; in each stage the four measures of a lineage scatter normally. What
is said changes only when the chain is sure (hysteresis): readily upwards, slowly back. `chain.json` holds the fit and
where it comes from; `tests/speed/bench_risk.py fit` makes it again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from guanjian.kernel.risks import Stage
from guanjian.risk.rules import Rules

STAGES = len(Stage)


@dataclass(frozen=True)
class Chain:
    """`start` (4,), `move` (4, 4), `mean` (4, F), `spread` (4, F, F)."""

    start: np.ndarray
    move: np.ndarray
    mean: np.ndarray
    spread: np.ndarray

    def likelihood(self, features: np.ndarray) -> np.ndarray:
        """Log density of these features in each stage."""
        gap = features - self.mean
        solved = np.linalg.solve(self.spread, gap[:, :, None])[:, :, 0]
        return -0.5 * ((gap * solved).sum(axis=1) + np.linalg.slogdet(self.spread)[1])

    def filtered(self, belief: tuple[float, ...], features: np.ndarray) -> tuple[float, ...]:
        """The chances of the stages one week on; an empty belief begins."""
        prior = np.array(belief) @ self.move if belief else self.start
        log = self.likelihood(features)
        after = prior * np.exp(log - log.max())
        return tuple((after / after.sum()).tolist())

    def ahead(self, belief: tuple[float, ...], weeks: int) -> np.ndarray:
        """The chances of the stages so many weeks from now, with nothing done."""
        return np.array(belief or self.start) @ np.linalg.matrix_power(self.move, weeks)

    def as_dict(self) -> dict:
        """Plain values, for JSON."""
        return {name: np.round(getattr(self, name), 6).tolist() for name in ("start", "move", "mean", "spread")}

    @classmethod
    def of(cls, told: dict) -> Chain:
        """From plain values."""
        return cls(*(np.array(told[name]) for name in ("start", "move", "mean", "spread")))


@cache
def fitted() -> Chain:
    """The chain that is shipped."""
    return Chain.of(json.loads((resources.files(__package__) / "chain.json").read_text(encoding="utf-8")))


def fit(courses: list[tuple[np.ndarray, np.ndarray]], faint: np.ndarray | None = None, weight: float = 20.0) -> Chain:
    """From courses: features (T, F) and true stages (T,) of alarmed lineages, -1 where there is none.

    `faint` (N, F): weeks of risks below the alarm, more examples of what is latent. Scatter is drawn towards the pooled
    one by `weight` weeks; moves begin with a few weeks of staying and half a week of each other move.
    """
    x = np.concatenate([features[stages >= 0] for features, stages in courses])
    s = np.concatenate([stages[stages >= 0] for _, stages in courses])
    if faint is not None and len(faint):
        x, s = np.concatenate([x, faint]), np.concatenate([s, np.zeros(len(faint), s.dtype)])
    middle = np.array([x[s == k].mean(axis=0) if (s == k).any() else x.mean(axis=0) for k in range(STAGES)])
    pooled = np.cov((x - middle[s]).T) + 1e-3 * np.eye(x.shape[1])
    spread = np.empty((STAGES, x.shape[1], x.shape[1]))
    for k in range(STAGES):
        gap = x[s == k] - middle[k]
        spread[k] = (gap.T @ gap + weight * pooled) / (len(gap) + weight)
    move, start = 0.5 + 5 * np.eye(STAGES) + np.eye(STAGES, k=1), np.full(STAGES, 0.5)
    for _, stages in courses:
        known = stages[stages >= 0]
        if len(known):
            start[known[0]] += 1
            np.add.at(move, (known[:-1], known[1:]), 1)
    return Chain(start / start.sum(), move / move.sum(axis=1, keepdims=True), middle, spread)


def stated(before: Stage | None, falling: int, belief: tuple[float, ...], rules: Rules) -> tuple[Stage, int]:
    """What is said after this week, and for how many weeks the chain has been sure of less."""
    chances, stages = np.array(belief), list(Stage)
    least = np.array([chances[k:].sum() for k in range(STAGES)])  # P(stage >= k)
    highest = int(np.flatnonzero(least >= rules.up).max())
    if before is None or highest > before.rank:
        return stages[highest], 0
    if 1 - least[before.rank] < rules.down:
        return before, 0
    if falling + 1 < rules.steady:
        return before, falling + 1
    return stages[before.rank - 1], 0
