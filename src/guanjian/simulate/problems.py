"""Which problems does supervision find, week by week, and how are they put right? A list over houses and business lines."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from guanjian.customs.codes import codes
from guanjian.simulate import columns
from guanjian.simulate.streams import stream
from guanjian.simulate.world import World

LINES = tuple(code for code, line in codes("lines").items() if line.more["parent"])
SOURCES = ("self_check", "warning", "audit", "inspection", "case_notice", "discipline", "petition")
SOURCE_SHARES = np.cumsum([0.42, 0.25, 0.15, 0.08, 0.05, 0.03, 0.02])
SEVERITIES = ("low", "medium", "high")
SEVERITY_SHARES = np.cumsum([0.6, 0.3, 0.1])
NODES = 3  # how many control nodes of a line a problem may lie at
SPREAD = 1.3  # variance over mean of the weekly counts
LONGEST = 80  # days after which an honest problem is closed at the latest, well within the three months of a grave one
NOBODYS = -1  # arisen by itself


@dataclass
class Problems:
    """The list so far: one place per problem. `expected` is the weekly mean of each house and line."""

    expected: np.ndarray
    weeks: int
    house: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    line: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    node: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    found: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))  # days since the first
    closed: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))  # -1: still open
    shown: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))  # the day of the evidence, -1: none
    severity: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    source: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    again: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))  # which earlier one it repeats, -1: none
    owner: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))  # the plant, or NOBODYS
    ids: np.ndarray = field(default_factory=lambda: np.empty((0, 9), np.uint8))

    NAMES = ("house", "line", "node", "found", "closed", "shown", "severity", "source", "again", "owner")

    @property
    def count(self) -> int:
        return len(self.house)

    def add(self, **given: np.ndarray) -> None:
        """Further problems; each name of `NAMES` is given."""
        for name in self.NAMES:
            setattr(self, name, np.concatenate([getattr(self, name), given[name]]))

    def names(self, chosen: np.ndarray) -> list[str]:
        """The ids of some of them."""
        return np.ascontiguousarray(self.ids[chosen]).view("S9").ravel().astype("U9").tolist()

    def number(self) -> None:
        """Puts them in the order of their days and gives each its id."""
        order = np.lexsort((self.line, self.house, self.found))
        place = np.empty(self.count, np.int64)
        place[order] = np.arange(self.count)
        for name in self.NAMES:
            setattr(self, name, getattr(self, name)[order])
        self.again = np.where(self.again < 0, -1, place[self.again])
        self.ids = columns.prefixed("P", columns.digits(np.arange(self.count) + 1, 8))


def first_day(world: World, week: np.ndarray | int) -> np.ndarray:
    """The Monday of each week, in days since the first day; week 0 holds the first day."""
    return np.asarray(week) * 7 - world.period.first.weekday()


def week_of(world: World, day: int) -> int:
    """The week in which a day of the period lies."""
    return (day + world.period.first.weekday()) // 7


def honest(world: World) -> Problems:
    """What an administration without any loophole finds: more in large houses, uneven over the lines, overdispersed."""
    rng = stream(world.seed, "problems")
    size = world.units.weight**0.6
    line = rng.gamma(3.0, 1.0, len(LINES))
    lasting = rng.gamma(6.0, 1 / 6, (len(size), len(LINES)))
    share = size[:, None] * line * lasting
    weeks = week_of(world, world.period.days - 1) + 1
    book = Problems(world.scenario.honest.problems * len(size) * share / share.sum(), weeks)
    add_counts(world, book, drawn(np.broadcast_to(book.expected, (weeks, *book.expected.shape)), rng), NOBODYS, rng)
    _late(world, book, rng)
    _repeated(book, rng)
    return book


def drawn(mean: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Counts around means, with the variance ratio of the list whatever is summed up."""
    return rng.poisson(rng.gamma(np.maximum(mean, 1e-12) / (SPREAD - 1)) * (SPREAD - 1) * (mean > 0))


def add_counts(world: World, book: Problems, counts: np.ndarray, owner: int, rng: np.random.Generator) -> None:
    """Counts [week, house, line] become problems, found on a working day of the week and mostly closed in time."""
    week, house, line = (np.repeat(place, counts[counts > 0]) for place in np.nonzero(counts))
    total = len(week)
    found = np.clip(first_day(world, week) + rng.integers(0, 5, total), 0, world.period.days - 1)
    closed = found + np.clip(rng.lognormal(3.1, 0.5, total), 4, LONGEST).astype(np.int64)
    closed = np.where(closed < world.period.days, closed, -1)
    book.add(
        house=house,
        line=line,
        node=rng.integers(0, NODES, total),
        found=found,
        closed=closed,
        shown=np.where(closed < 0, -1, closed - rng.integers(1, 4, total)),
        severity=np.searchsorted(SEVERITY_SHARES[:-1], rng.random(total)),
        source=np.searchsorted(SOURCE_SHARES[:-1], rng.random(total)),
        again=np.full(total, -1),
        owner=np.full(total, owner),
    )


def _late(world: World, book: Problems, rng: np.random.Generator) -> None:
    """Now and then a grave one stays open far too long: it arises by itself and is in the truth."""
    late = (book.severity == 2) & (rng.random(book.count) < 0.02)
    closed = book.found + rng.integers(100, 141, book.count)
    late &= closed < world.period.days
    book.closed = np.where(late, closed, book.closed)
    book.shown = np.where(late, closed - 2, book.shown)


def _repeated(book: Problems, rng: np.random.Generator) -> None:
    """What comes back at the same node of the same house within half a year is sometimes known as the same."""
    order = np.lexsort((book.found, book.node, book.line, book.house))
    place = (book.house * len(LINES) + book.line) * NODES + book.node
    same = np.append(False, np.diff(place[order]) == 0) & (np.append(999, np.diff(book.found[order])) < 182)
    known = same & (rng.random(book.count) < 0.3)
    book.again[order[known]] = order[np.flatnonzero(known) - 1]
