"""Where things stand, for who answers for an area: what is going on, by unit and by level."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count

from guanjian.kernel.papers import Level
from guanjian.kernel.words import Text
from guanjian.org.actor import Actor, Holding
from guanjian.org.posts import Post, UnitLevel
from guanjian.pages import names
from guanjian.pages.bounded import Arm, Minute, alone, arms, going, this_minute
from guanjian.pages.desk import DESKS, Desk
from guanjian.pages.laid import Lists, Ordered
from guanjian.pages.stand_in import Kind, kind_of, told

READ = 20_000  # records of one loop that are counted at most
SHOWN = 42
LEADERS = (Post.LEADER, Post.HOUSE_LEADER)
ITSELF = Text("本级", "The office itself")  # what lies in no unit below
BELOW = {UnitLevel.HQ: "district_code", UnitLevel.DISTRICT: "house_code", UnitLevel.HOUSE: "unit_code"}


@dataclass(frozen=True)
class Overview:
    """The rows of the table: a unit, its counts by level from red to blue, and their sum."""

    rows: list[tuple[Text, list[int], int]]
    levels: list[Level]
    whole: bool  # False when some loop had more than could be counted

    @property
    def largest(self) -> int:
        """The largest sum, for the length of the bars."""
        return max((total for _, _, total in self.rows), default=0)


def overview(actor: Actor) -> Overview | None:
    """The table for the highest leading post held; None for everybody else."""
    led = [held for held in actor.holdings if held.post in LEADERS and held.level in BELOW]
    if not led:
        return None
    held = min(led, key=lambda one: list(BELOW).index(one.level))
    counted, whole = _counted(actor, held, tuple(DESKS.values()), this_minute())
    units = sorted({unit for unit, _ in counted}, key=lambda unit: _urgency(counted, unit))[:SHOWN]
    rows = [(names.unit(unit) if unit else ITSELF, [counted[unit, rank] for rank in range(4)]) for unit in units]
    return Overview([(name, ranks, sum(ranks)) for name, ranks in rows], list(Level), whole)


def _urgency(counted: Counter, unit: str) -> tuple:
    return (*(-counted[unit, rank] for rank in range(4)), unit)


@lru_cache(maxsize=64)
def _counted(actor: Actor, held: Holding, desks: tuple[Desk, ...], _minute: Minute) -> tuple[Counter, bool]:
    """Counted once a minute: the one page that reads many rows."""
    one, counted, whole = alone(actor, held), Counter(), True
    for rows in _laid(kind_of(one), desks).read(told(one)).values():
        for unit, rank, count in rows:
            counted[unit, rank] += count
        whole = whole and sum(count for *_, count in rows) < READ
    return counted, whole


@lru_cache(maxsize=64)
def _laid(kind: Kind, desks: tuple[Desk, ...]) -> Lists:
    (held,) = kind.actor.holdings
    return Lists.of(*(_groups(desk, arm, BELOW[held.level]) for desk in desks for arm in arms(desk.model, kind.actor)))


def _groups(desk: Desk, arm: Arm, column: str) -> Ordered:
    """By unit and level, how many of the first rows that go on."""
    first = arm.rows.filter(state__in=going(desk.model)).order_by().values("pk")[:READ]
    groups = desk.model.objects.filter(pk__in=first).values_list(column, "rank").annotate(n=Count("pk"))
    return Ordered(desk.name, [groups.order_by()], "1, 2", READ)
