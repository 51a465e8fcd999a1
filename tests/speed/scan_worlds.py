"""Sets of counts with one signal of known place, or with none, and what the scan says of each: for the benches of the scan.

Lines are 40 leaves under groups, 60 nodes in all; a signal lies in the last six of twelve weeks that end now.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanjian.risk.lineage import alike
from guanjian.stats.scan import Settings, Tree, circles
from guanjian.stats.scan.baseline import counts_of
from guanjian.stats.scan.draws import dense, events
from guanjian.stats.scan.problem import Problem, pose
from guanjian.stats.scan.search import Found, search

WEEKS, DISTRICTS, LEAVES, A_WEEK, ALPHA = 12, 42, 40, 192.0, 0.05
SIGNALS = {"systemic": (3, None, 1.6), "regional": (40, 4, 1.6), "cross": (3, 4, 3.0), "single": (1, 1, 3.0)}
GROUPS = 16  # of lines, the first eight with three each
VOLUMES = (
    "even",
    "unlike",
    "busiest",
)  # all alike; gamma-distributed; so too, and the signal lies where most cases are
NEAR = 50  # neighbours that a zone may have where there are more units than districts


@dataclass(frozen=True)
class Cell:
    """One cell of a grid: variance / mean, weeks of history, what is planted where, how strong (None: the signal's own), in
    how many units."""

    phi: float
    history: int
    signal: str | None = None
    volumes: str = "unlike"
    risk: float | None = None
    units: int = DISTRICTS


def lines(leaves: int) -> Tree:
    """A tree of `leaves` leaves under groups of five under groups of ten under a root: 60 nodes for 40 leaves."""
    pairs = [("root", "")]
    pairs += [(f"top{i}", "root") for i in range(3)]
    pairs += [(f"group{i}", f"top{i % 3}") for i in range(GROUPS)]
    pairs += [(f"leaf{i}", f"group{i % GROUPS}") for i in range(leaves)]
    return Tree.of(pairs)


def world(
    places: int, seed: int, volumes: str = "unlike", a_week: float = A_WEEK
) -> tuple[np.ndarray, np.ndarray, Tree]:
    """Points, expected counts per week (nodes, places) with unlike lines and places or even ones, and the tree."""
    rng = np.random.default_rng(seed)
    tree = lines(LEAVES)
    share = np.zeros(len(tree.names))
    leaves = [tree.index(f"leaf{i}") for i in range(LEAVES)]
    share[leaves] = 1.0 if volumes == "even" else rng.gamma(2.0, 1.0, LEAVES)
    rate = np.outer(share, np.ones(places) if volumes == "even" else rng.gamma(2.0, 1.0, places))
    return rng.random((places, 2)), rate * a_week / rate.sum(), tree


def posed(cell: Cell, seed: int) -> tuple[Problem, np.ndarray]:
    """One data set, and where its signal is: (nodes, places)."""
    rng = np.random.default_rng((seed, round(cell.phi * 10), cell.history))
    points, rate, tree = told = world(
        cell.units, int(rng.integers(2**32)), cell.volumes, A_WEEK * cell.units / DISTRICTS
    )
    where = np.zeros(rate.shape, bool)
    if cell.signal:
        where[np.ix_(*_struck(rng, told, cell))] = True
    risk = np.where(where, cell.risk or SIGNALS[cell.signal or "single"][2], 1.0)
    held = np.flatnonzero(rate.sum(axis=1))
    cases = np.zeros((cell.history + WEEKS, *rate.shape))
    for part, mean in ((slice(0, -(WEEKS // 2)), rate), (slice(-(WEEKS // 2), None), rate * risk)):
        many = (len(cases[part]), len(held), cell.units)
        cases[part, held] = counts_of(rng, np.broadcast_to(mean[held], many), np.array(cell.phi))
    zones = circles(points) if cell.units == DISTRICTS else circles(points, neighbours=NEAR)
    return pose(cases, zones, None, tree, Settings("nb_tail", window=WEEKS, max_share=1)), where


def _struck(rng: np.random.Generator, world: tuple, cell: Cell) -> tuple[list[int], np.ndarray]:
    """The lines (one, a group of three, or all) and the places (one with its neighbours, or all) of a signal."""
    points, rate, tree = world
    leaves, near, _ = SIGNALS[cell.signal]
    line = [tree.index(f"leaf{i}") for i in range(LEAVES)]
    if near is None:
        near = cell.units
    groups = [line[g::GROUPS][:leaves] for g in range(8)]
    zones = np.argsort(((points[:, None] - points) ** 2).sum(axis=-1), axis=1)[:, :near]
    group, zone = 0, int(rng.integers(cell.units))
    if cell.volumes == "busiest":
        group = int(np.argmax([rate[g].sum() for g in groups]))
        zone = int(rate.sum(axis=0)[zones].sum(axis=1).argmax())
    return line if leaves == LEAVES else groups[group], zones[zone]


def tested(cell: Cell, seed: int, draws: int) -> tuple[float, float]:
    """The p value of the strongest cluster of one data set, as `scan` gives it, and how alike it is to the signal.

    Drawing stops once p is surely above 0.05 (Besag & Clifford 1991): what is at or below stays what it is.
    """
    problem, where = posed(cell, seed)
    found = search(problem)
    top, rng = found.score.max(), np.random.default_rng((seed, 7))
    reached, drawn = 0, 0
    while drawn < draws and (1 + reached) / (draws + 1) <= ALPHA:
        chance = dense(problem, events(problem, rng, 1))
        mine = problem.with_mu(problem.history.redrawn(rng).rate * problem.history.ahead)
        reached += search(mine, chance, top).score.max() >= top - 1e-9
        drawn += 1
    return float((1 + reached) / (drawn + 1)), _alike(problem, found, where)


def _alike(problem: Problem, found: Found, where: np.ndarray) -> float:
    """Weighted Jaccard of the strongest cluster's cells and the signal's, by what is expected of them; 0 without a signal."""
    node, row = np.unravel_index(found.score.argmax(), found.score.shape)
    mask = np.zeros(where.shape, bool)
    mask[np.ix_(problem.tree.branch[node], problem.zones.members(row, found.stop[node, row]))] = True
    return alike(mask, where, problem.mu.sum(axis=0)) if where.any() else 0.0
