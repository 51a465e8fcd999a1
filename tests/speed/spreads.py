"""Little worlds of counts with one spreading risk whose truth is known: for the bench of the risks and for its fit.

A world has lines × districts with unlike volumes and counts that vary more than Poisson. A risk begins in one district
and reaches others along the roads and by leaps; where it has arrived its cells run at `risk` times their rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanjian.kernel.risks import Stage
from guanjian.risk.panel import Panel
from guanjian.risk.places import Places, all_districts, places_of
from guanjian.simulate.generate import prepare
from guanjian.simulate.problems import LINES as LINES_OF_IT
from guanjian.simulate.problems import honest, week_of
from guanjian.stats.scan.baseline import counts_of

LINES = (
    ("CLR-ACCEPT", 2), ("CLR-REVIEW", 3), ("CLR-SELECT", 2), ("CLR-EXAM", 4), ("CLR-RELEASE", 3), ("CLR-AMEND", 2),
    ("TAX-VALUE", 3), ("TAX-CLASS", 2), ("TAX-ORIGIN", 1), ("TAX-REFUND", 2), ("BON-PROC", 2), ("BON-STORE", 1),
    ("AUD-AUDIT", 2), ("ASA-PENALTY", 2), ("HRM-FINANCE", 1),
)  # fmt: skip
LEAVES = tuple((line, f"{line}-{i + 1:02}") for line, many in LINES for i in range(many))
HISTORY, SPREAD = 78, 40  # weeks before the onset, and after it
KINDS = ("systemic", "regional", "single", "quiet")
STAGE_NAMES = tuple(Stage)
NEVER = 10**6
PART = {"emerging": 0.05, "trending": 0.2, "general": 0.5}  # share of the units that are reached


@dataclass(frozen=True)
class World:
    """`reached` (L, P): the week in which each cell is reached, NEVER if it is not; `stages` of every week, -1 before;
    `onset`: the first week of it, or the week from which a quiet world is looked at."""

    kind: str
    panel: Panel
    places: Places
    reached: np.ndarray
    stages: np.ndarray
    onset: int

    def mask(self, week: int) -> np.ndarray:
        """The cells (L, P) that are reached by a week."""
        return self.reached <= week

    def districts(self, week: int) -> set[str]:
        """The districts that are reached by a week."""
        return {self.places.district[p] for p in np.flatnonzero(self.mask(week).any(axis=0))}

    @property
    def general(self) -> int | None:
        """The week in which it became general."""
        found = np.flatnonzero(self.stages == 3)
        return int(found[0]) if len(found) else None


def world(kind: str, seed: int, a_week: float = 500.0, phi: float = 1.3) -> World:
    """One world: kind `systemic`, `regional`, `single` or `quiet`."""
    rng = np.random.default_rng((seed, KINDS.index(kind)))
    places, weeks = all_districts(), HISTORY + SPREAD
    rate = np.outer(rng.gamma(2.0, 1.0, len(LEAVES)), rng.gamma(1.5, 1.0, len(places.codes)))
    rate *= a_week / rate.sum()
    work = (
        np.exp(rng.normal(0, 0.05, (weeks, 1, len(places.codes))))
        * (1 + 0.1 * np.sin(np.arange(weeks) / 8.3))[:, None, None]
    )
    cells, arrived = _course(kind, rng, places)
    risk = np.ones((weeks, *rate.shape))
    strength = {"systemic": 3.0, "regional": 2.0, "single": 4.0, "quiet": 1.0}[kind]
    for place in np.flatnonzero(arrived >= 0):
        grown = np.clip((np.arange(weeks) - arrived[place] + 1) / 3, 0, 1)
        risk[:, cells, place] = 1 + grown[:, None] * (strength - 1)
    exposure = np.broadcast_to(work * 1000, risk.shape).copy()
    cases = np.stack([counts_of(rng, rate * work[t] * risk[t], np.full((len(rate), 1), phi)) for t in range(weeks)])
    panel = Panel(week_labels("2024-01-01", weeks), LEAVES, places.codes, cases, exposure)
    reached = np.where(np.outer(cells, arrived >= 0), arrived[None, :], NEVER)
    return World(kind, panel, places, reached, _stages(arrived, weeks), HISTORY)


def simulated(scenario: str, seed: int) -> World:
    """The simulator's spreading loophole as supervision finds it: problems by house, line and week, and its truth."""
    made, plants = prepare(f"spread_{scenario}", 20_000, seed)
    book = honest(made)
    for plant in plants:
        plant.supervise(made, book, np.random.default_rng(seed))
    weeks, houses = book.weeks, made.units.houses
    at = np.ravel_multi_index((week_of(made, book.found), book.line, book.house), (weeks, len(LINES_OF_IT), houses))
    cases = np.bincount(at, minlength=weeks * len(LINES_OF_IT) * houses).reshape(weeks, -1, houses).astype(float)
    where = places_of(made.units.rows[:houses])
    leaves = tuple((line, "PROBLEMS") for line in LINES_OF_IT)
    panel = Panel(week_labels(str(made.period.first), weeks), leaves, where.codes, cases, np.ones_like(cases))
    reached, stages, onset = np.full(cases.shape[1:], NEVER), np.full(weeks, -1), 42
    for course in (plant.course for plant in plants):
        reached[course.line, course.house] = course.week
        onset = int(course.week.min())
        stages[onset:] = [STAGE_NAMES.index(course.stage(week)) for week in range(onset, weeks)]
    return World(scenario, panel, where, reached, stages, onset)


def week_labels(first_day: str, weeks: int) -> tuple[str, ...]:
    """The names of so many weeks."""
    first = np.datetime64(first_day)
    return tuple("{}-W{:02}".format(*(first + 7 * k).astype(object).isocalendar()[:2]) for k in range(weeks))


def _course(kind: str, rng: np.random.Generator, places: Places) -> tuple[np.ndarray, np.ndarray]:
    many = len(places.codes)
    cells, arrived = np.zeros(len(LEAVES), bool), np.full(many, -1)
    if kind == "quiet":
        return cells, arrived
    origin, reach = int(rng.integers(many)), places.reach()
    if kind == "regional":
        cells[:] = True
        near = np.argsort(((places.points - places.points[origin]) ** 2).sum(axis=1))[: int(rng.integers(2, 5))]
        arrived[near] = HISTORY + np.sort(rng.integers(0, 12, len(near)))
        return cells, arrived
    leaf = int(rng.integers(len(LEAVES)))
    cells[leaf] = True
    arrived[origin] = HISTORY
    if kind == "single":
        return cells, arrived
    cells |= np.array([line == LEAVES[leaf][0] for line, _ in LEAVES]) & (rng.random(len(LEAVES)) < 0.3)
    pace = rng.uniform(0.16, 0.26)
    for week in range(HISTORY + 1, HISTORY + SPREAD):
        there = (arrived >= 0).astype(float)
        pressure = pace * (0.7 * there @ reach + 0.3 * there.mean())
        arrived[(arrived < 0) & (rng.random(many) < 1 - np.exp(-pressure))] = week
    return cells, arrived


def _stages(arrived: np.ndarray, weeks: int) -> np.ndarray:
    """The true stage of every week, -1 before the onset: by the share of units that are reached."""
    share = np.array([((arrived >= 0) & (arrived <= week)).mean() for week in range(weeks)])
    stages = sum((share >= bound).astype(int) for bound in PART.values())
    return np.where(share > 0, stages, -1)
