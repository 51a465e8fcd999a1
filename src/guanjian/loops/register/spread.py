"""How did a risk spread? Week by week, the units that it lay in, as dots on a map of China."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import cos, radians

from guanjian.kernel.risks import Stage
from guanjian.loops.register.models import Register
from guanjian.org.models import Unit
from guanjian.org.posts import UnitLevel
from guanjian.pages import names

WIDTH, HEIGHT, EDGE = 640, 480, 16
WEST, EAST, SOUTH, NORTH = 74.0, 134.0, 18.0, 53.5
NARROWER = cos(radians(36))  # a degree of longitude in the middle of the country
SCALE = min((WIDTH - 2 * EDGE) / ((EAST - WEST) * NARROWER), (HEIGHT - 2 * EDGE) / (NORTH - SOUTH))
KEPT = 26  # weeks that can be played
NAMED = 6  # units newly reached that are said by name
WATCHED = "watched"


@dataclass(frozen=True)
class Dot:
    """One unit on the map."""

    x: float
    y: float
    name: str
    kind: str
    size: float = 3.0
    new: bool = False


@dataclass(frozen=True)
class Frame:
    """One week: its dots, how many units and districts they are, how many were not there the week before and who."""

    week: str
    dots: list[Dot]
    units: int
    districts: int
    new: int = 0
    named: tuple[str, ...] = ()
    tall: float = 0.0  # of the bar of its week


@dataclass(frozen=True)
class Film:
    """The weeks in order, over the dots of all districts."""

    ground: list[Dot]
    frames: list[Frame]


def film(risks: Iterable[Register]) -> Film:
    """The spread of these risks; of several in one unit the ripest shows."""
    weeks: dict[str, dict[str, Stage | None]] = {}
    for one in risks:
        for row in one.course:
            held = weeks.setdefault(row["week"], {})
            for code in row["units"].split():
                held[code] = _riper(held.get(code), Stage(row["stage"]) if row["stage"] else None)
    at = _places({code for held in weeks.values() for code in held})
    shown = sorted(weeks)[-KEPT:]
    most = max((len(weeks[week]) for week in shown), default=1)
    before = [weeks[shown[0]], *(weeks[week] for week in shown)] if shown else []
    pairs = zip(shown, before, strict=False)
    frames = [_frame(week, (weeks[week], set(weeks[week]) - set(last)), at) for week, last in pairs]
    return Film(_ground(), [replace(one, tall=round(100 * one.units / most, 1)) for one in frames])


def _riper(one: Stage | None, other: Stage | None) -> Stage | None:
    return max((one, other), key=lambda stage: -1 if stage is None else stage.rank)


def _frame(week: str, lain: tuple[dict[str, Stage | None], set[str]], at: dict[str, Unit]) -> Frame:
    held, new = lain
    known = [(at[code], stage) for code, stage in sorted(held.items()) if code in at]
    drawn = [(unit, stage) for unit, stage in known if unit.lon is not None and unit.lat is not None]
    dots = [replace(_dot(unit, str(stage or WATCHED), 6.0), new=unit.code in new) for unit, stage in drawn]
    named = tuple(str(names.unit(code)) for code in sorted(new)[:NAMED])
    return Frame(week, dots, len(held), len({unit.district_code for unit, _ in known}), len(new), named)


def _places(codes: set[str]) -> dict[str, Unit]:
    return Unit.objects.in_bulk(codes)


def _ground() -> list[Dot]:
    districts = Unit.objects.filter(level=UnitLevel.DISTRICT, kind="customs").exclude(lon=None).exclude(lat=None)
    return [_dot(unit, "ground") for unit in districts]


def _dot(unit: Unit, kind: str, size: float = 3.0) -> Dot:
    x = EDGE + (unit.lon - WEST) * NARROWER * SCALE
    y = EDGE + (NORTH - unit.lat) * SCALE
    return Dot(round(x, 1), round(y, 1), str(names.unit(unit.code)), kind, size)
