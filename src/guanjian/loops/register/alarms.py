"""Do we cry wolf? Risks that were closed and false alarms month by month, against the budget of false alarms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from guanjian.loops.register.flow import S
from guanjian.loops.register.models import Register

MONTHS = 12
WIDTH, HEIGHT, BAR = 360, 96, 18
STEP = WIDTH / MONTHS


@dataclass(frozen=True)
class Bar:
    """One month of the picture; `y` and heights in its units, false alarms above those that were true."""

    month: str
    closed: int
    refuted: int
    x: float
    tall_closed: float
    tall_refuted: float

    @property
    def top_closed(self) -> float:
        """Where the bar of closed risks begins."""
        return HEIGHT - self.tall_closed

    @property
    def top_refuted(self) -> float:
        """Where the bar of false alarms begins."""
        return self.top_closed - self.tall_refuted


@dataclass(frozen=True)
class Ledger:
    """The false-alarm ledger of twelve months. Counted over the whole country: the budget is the country's."""

    bars: list[Bar]
    budget: float

    @property
    def closed(self) -> int:
        """Risks that were there and are closed."""
        return sum(bar.closed for bar in self.bars)

    @property
    def refuted(self) -> int:
        """False alarms."""
        return sum(bar.refuted for bar in self.bars)

    @property
    def over(self) -> bool:
        """True when there were more false alarms than the budget of a year."""
        return self.refuted > self.budget


def ledger() -> Ledger:
    """Twelve months up to the present one."""
    months = _months(timezone.localdate())
    since = datetime.fromisoformat(f"{months[0]}-01").replace(tzinfo=timezone.get_default_timezone())
    ended = Register.objects.filter(closed_at__gte=since, state__in=[S.CLOSED, S.REFUTED])
    count = dict.fromkeys(months, (0, 0))
    for state, at in ended.values_list("state", "closed_at"):
        month = f"{timezone.localdate(at):%Y-%m}"
        closed, refuted = count[month]
        count[month] = (closed + (state == S.CLOSED), refuted + (state == S.REFUTED))
    most = max(1, *(sum(pair) for pair in count.values()))
    each = (HEIGHT - 4) / most
    bars = [
        Bar(month, *pair, round(n * STEP + 4, 1), round(pair[0] * each, 1), round(pair[1] * each, 1))
        for n, (month, pair) in enumerate(count.items())
    ]
    return Ledger(bars, settings.GUANJIAN_ALARMS_A_YEAR)


def _months(today: date) -> list[str]:
    last = today.year * 12 + today.month - 1
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(last - MONTHS + 1, last + 1)]
