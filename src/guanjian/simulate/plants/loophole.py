"""A loophole that spreads from house to house: along a business line, over an area, where both cross, or at one place only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import numpy as np

from guanjian.kernel.errors import BadInput
from guanjian.simulate.breaches import MISDECLARED, UNDERVALUED
from guanjian.simulate.goods import IMPORT
from guanjian.simulate.handling import lighter_mode
from guanjian.simulate.lodging import WRONG_SHARES
from guanjian.simulate.plants.plant import Plant
from guanjian.simulate.problems import LINES, Problems, add_counts, drawn, first_day, week_of
from guanjian.simulate.spread import Course, course, kilometres
from guanjian.simulate.units import HQ, districts
from guanjian.simulate.work import NONE, PERMIT, PRICE, QUANTITY, Work
from guanjian.simulate.world import World

SHAPES = ("systemic", "regional", "cross", "single")
USED_BY = {"TAX": PRICE, "CLR": QUANTITY, "INS": PERMIT}  # what traders get wrong where such a line has a loophole
EXAM = LINES.index("CLR-EXAM")


@dataclass
class Loophole(Plant):
    """Where it is ripe there is 1 + `strength` × (`rr` - 1) times as much as usual.

    `shape`: systemic (a `line` or branch in all houses), regional (all lines in `areas` districts), cross (a line in
    `areas` districts), single (one line in one house). It begins in week `start_week` (the first week is 0) in one
    house and grows by `speed` a week (log odds of the share reached).
    """

    strength: float = 1.0
    shape: str = "systemic"
    line: str = "TAX"
    start_week: int = 46
    speed: float = 0.4
    rr: float = 4.0
    areas: int = 1
    course: Course = field(default=None, init=False, repr=False)

    breaches = (UNDERVALUED, MISDECLARED)

    def cast(self, world: World, rng: np.random.Generator) -> None:
        """Its scope, and the order in which it goes through it."""
        lines = self._lines()
        lon, lat = (np.array([row[key] for row in world.units.rows[: world.units.houses]]) for key in ("lon", "lat"))
        away = kilometres(lon, lat, self.house)
        houses = self._houses(world, away)
        self.course = course((houses, lines), away[houses], (self.start_week, self.speed), rng)

    def _lines(self) -> np.ndarray:
        mine = [n for n, code in enumerate(LINES) if code == self.line or code.startswith(self.line + "-")]
        if self.shape not in SHAPES or not mine:
            raise BadInput(
                f"漏洞的 shape 应为 {'、'.join(SHAPES)} 之一，line 应为业务条线代码；收到“{self.shape}”“{self.line}”。",
                f"The shape of a loophole is one of {', '.join(SHAPES)} and its line a business line, "
                f"not “{self.shape}”, “{self.line}”.",
            )
        if self.shape == "regional":
            return np.array([*mine, *(n for n in range(len(LINES)) if n not in mine)])
        return np.array(mine[:1] if self.shape == "single" else mine)

    def _houses(self, world: World, away: np.ndarray) -> np.ndarray:
        if self.shape in ("systemic", "single"):
            return np.arange(world.units.houses) if self.shape == "systemic" else np.array([self.house])
        nearest = world.units.district[np.argsort(away)]
        order = list(dict.fromkeys([int(world.units.district[self.house]), *nearest.tolist()]))
        return np.flatnonzero(np.isin(world.units.district, order[: self.areas]))

    def excess(self, world: World, week: int) -> np.ndarray:
        """Per house and line what is added to the usual, as a multiple of it."""
        more = np.zeros((world.units.houses, len(LINES)))
        more[self.course.house, self.course.line] = self.strength * (self.rr - 1) * self.course.ripeness(week)
        return more

    def supervise(self, world: World, book: Problems, rng: np.random.Generator) -> None:
        """Supervision finds more where it is used, week by week."""
        more = np.array([book.expected * self.excess(world, week) for week in range(book.weeks)])
        add_counts(world, book, drawn(more, rng), self.number, rng)

    def declare(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Traders use it: more is wrong with what they lodge there, in the way that the line allows."""
        self._more = self.excess(world, week_of(world, work.day))
        shares = np.diff(WRONG_SHARES, prepend=0.0)
        used = np.zeros(work.count, bool)
        for top, kind in USED_BY.items():
            mine = [n for n in set(self.course.line.tolist()) if LINES[n].startswith(top)]
            if mine:
                usual = world.scenario.honest.violation * shares[kind - 1]
                odds = usual * self._more[:, mine].max(axis=1)[work.house]
                hit = (rng.random(work.count) < odds) & (work.wrong == NONE)
                hit &= (work.way == IMPORT) | (kind != PRICE)
                work.wrong = np.where(hit, kind, work.wrong)
                used |= hit
        low = (used & (work.wrong == PRICE))[work.item_entry]
        work.factor = np.where(low, rng.uniform(0.5, 0.85, len(low)), work.factor)
        self.noted(work.entry[used])

    def examine(self, world: World, work: Work, rng: np.random.Generator) -> None:
        """Where the loophole lies in examining, more is opened one step lighter than required."""
        odds = world.scenario.honest.downgrade * self._more[work.house[work.exam_entry], EXAM]
        less = lighter_mode(work.required)
        goes = (rng.random(len(odds)) < odds) & (work.mode == work.required)
        work.mode = np.where(goes, less, work.mode)

    def truths(self, world: World) -> list[dict[str, Any]]:
        """The lineage: week by week how far it has come, and whose it is."""
        weeks = week_of(world, world.period.days - 1) + 1
        name = f"{self.kind}-{self.number + 1}"
        more = {
            "lineage": name,
            "shape": self.shape,
            "lines": [LINES[n] for n in sorted(set(self.course.line.tolist()))],
            "rr": 1 + self.strength * (self.rr - 1),
            "owner": self.owner(world),
            "weeks": [self._week(world, week) for week in range(self.start_week, weeks)],
            "problems": self.problems,
        }
        reached = np.unique(self.course.house[self.course.week < weeks])
        units = [("unit", world.units.codes[house]) for house in reached]
        return [self.truth(world, ("cluster", name), units, **more)]

    def owner(self, world: World) -> dict[str, Any]:
        """A line belongs to the department at headquarters, an area to the leadership of the district."""
        mine = [world.units.district_code(house) for house in self.course.house.tolist()]
        inside = [row["code"] for row in districts() if row["code"] in mine]
        seat = world.units.district_code(self.house)
        if self.shape == "single":
            return {"kind": "unit", "unit_code": self.unit(world), "line_code": self.line, "others": []}
        if self.shape == "regional" or len(inside) == 1:
            others = [] if self.shape == "regional" else [HQ]
            others += [code for code in inside if code != seat]
            return {"kind": "leadership", "unit_code": seat, "line_code": "", "others": others}
        others = inside if self.shape == "cross" else []
        return {"kind": "department", "unit_code": HQ, "line_code": self.line, "others": others}

    def _week(self, world: World, week: int) -> dict[str, Any]:
        reached = self.course.week <= week
        houses = np.unique(self.course.house[reached])
        inside = np.unique(world.units.district[houses])
        monday = world.period.first + timedelta(int(first_day(world, week)))
        return {
            "week": monday.isoformat(),
            "units": [world.units.codes[house] for house in houses],
            "lines": [LINES[n] for n in np.unique(self.course.line[reached])],
            "districts": len(inside),
            "share": round(self.course.share(week), 4),
            "stage": self.course.stage(week),
            "reach": "global" if len(inside) >= len(districts()) / 2 else "local",
        }


PLANT = Loophole
