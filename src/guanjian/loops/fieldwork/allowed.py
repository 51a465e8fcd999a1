"""How much may be: the dated parameters that a deviation is measured against (defaults, to be set by each office)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from guanjian.kernel.workdays import Limit, add_months
from guanjian.loops.fieldwork.flow import PROPOSED
from guanjian.org.calendar import in_force
from guanjian.org.models import Parameter

MINUTES = {"min": 1, "h": 60, "cd": 1440}
CLOCK = Limit(5, "min", PROPOSED, "limit.fieldwork.clock")
DELIVERY = Limit(24, "h", PROPOSED, "limit.fieldwork.delivery")
KEPT = Limit(6, "m", "个人信息保护法第十九条：最短必要期限；六个月为默认参数，待核定", "limit.fieldwork.track")
METRES, KMH, ASTRAY = ("fieldwork.metres", 500.0), ("fieldwork.kmh", 150.0), ("fieldwork.astray_metres", 2000.0)


@dataclass(frozen=True)
class Allowed:
    """The bounds in force on one day."""

    metres: float
    kmh: float
    astray: float
    clock: timedelta
    delivery: timedelta

    @classmethod
    def on(cls, day: date) -> Allowed:
        """As the table of dated parameters stands."""
        amounts = [_amount(*one, day) for one in (METRES, KMH, ASTRAY)]
        return cls(*amounts, _span(CLOCK, day), _span(DELIVERY, day))


def _amount(code: str, default: float, day: date) -> float:
    row = Parameter.objects.filter(code=code, since__lte=day).order_by("-since").first()
    return float(row.value["amount"]) if row else default


def _span(limit: Limit, day: date) -> timedelta:
    found = in_force(limit, day)
    return timedelta(minutes=found.amount * MINUTES[found.unit])


def kept_from(day: date) -> date:
    """Tracks of jobs that ended before this day are sealed; the period is in months."""
    return add_months(day, -in_force(KEPT, day).amount)
