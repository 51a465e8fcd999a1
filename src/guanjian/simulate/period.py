"""When is work done? The days of the simulated period, and the shifts that are open."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from importlib import resources

import numpy as np

DAY = 86_400
CHINA = 8 * 3600
OPENS, CLOSES = 8 * 3600 + 1800, 17 * 3600 + 1800  # a day shift is 08:30–17:30, a night shift the rest
LEEWAY = 21  # days after the last lodgement in which work is finished
OFFICE, SEVEN_DAYS, ROUND_THE_CLOCK = range(3)


@cache
def holidays() -> dict[date, str]:
    """Each exceptional day: `holiday` or `workday`, from the calendar that the office uses too."""
    with (resources.files("guanjian.org") / "holidays.csv").open(encoding="utf-8") as file:
        return {date.fromisoformat(row["day"]): row["kind"] for row in csv.DictReader(file)}


def months_for(declarations: int) -> int:
    """One quarter up to a million declarations, then with the square root of the volume, at most three years."""
    return int(np.clip(round(3 * (declarations / 1e6) ** 0.5), 3, 36))


@dataclass(frozen=True)
class Period:
    """`first` to `last`; slot 2d is the day shift of day d, slot 2d+1 the night that follows it."""

    first: date
    last: date

    @classmethod
    def ending(cls, last: date, declarations: int, months: int = 0) -> Period:
        """The period that ends on `last` and lasts so many months, or is long enough for so many declarations."""
        month = last.year * 12 + last.month - (months or months_for(declarations))
        return cls(date(month // 12, month % 12 + 1, 1), last)

    @cached_property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @cached_property
    def dates(self) -> list[date]:
        """Every day on which somebody works, the leeway included."""
        return [self.first + timedelta(n) for n in range(self.days + LEEWAY)]

    @cached_property
    def midnight(self) -> int:
        """The first local midnight, in seconds of the epoch."""
        return (self.first - date(1970, 1, 1)).days * DAY - CHINA

    @cached_property
    def cutoff(self) -> int:
        """What happens later is not known yet."""
        return self.midnight + (len(self.dates) - 1) * DAY

    @cached_property
    def working(self) -> np.ndarray:
        """Per day: is it a working day?"""
        known = holidays()
        return np.array(
            [known.get(day, "holiday" if day.weekday() > 4 else "workday") == "workday" for day in self.dates]
        )

    @cached_property
    def starts(self) -> np.ndarray:
        """When each slot begins, in seconds of the epoch."""
        days = self.midnight + np.arange(len(self.dates)) * DAY
        return np.column_stack([days + OPENS, days + CLOSES]).ravel()

    @cached_property
    def ends(self) -> np.ndarray:
        """When each slot ends."""
        return np.append(self.starts[1:], self.starts[-1] + DAY + OPENS - CLOSES)

    @cached_property
    def open(self) -> np.ndarray:
        """Per schedule and slot: is somebody on duty?"""
        days = np.zeros((3, len(self.dates), 2), bool)
        days[OFFICE, :, 0] = self.working
        days[SEVEN_DAYS, :, 0] = True
        days[ROUND_THE_CLOCK] = True
        return days.reshape(3, -1)

    @cached_property
    def next_open(self) -> np.ndarray:
        """Per schedule and slot: the first open slot from this one on (the last slot where none is left)."""
        last = self.open.shape[1] - 1
        found = np.where(self.open, np.arange(last + 1), last)
        return np.minimum.accumulate(found[:, ::-1], axis=1)[:, ::-1]

    def slot_of(self, at: np.ndarray) -> np.ndarray:
        """The slot that runs at each instant."""
        day, second = np.divmod(at - self.midnight, DAY)
        slot = 2 * day + (second >= CLOSES) - (second < OPENS)
        return np.clip(slot, 0, len(self.starts) - 1)

    def when_open(self, schedule: np.ndarray, at: np.ndarray, backlog: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The instant and slot of work that comes at `at`: at once in an open shift, else early in the next one.

        `backlog` (seconds) is how long what has piled up lets each piece wait after the opening.
        """
        slot = self.slot_of(at)
        found = self.next_open[schedule, slot]
        early = np.maximum(at, self.starts[found])
        return np.where((found == slot) & (at >= self.starts[0]), early, self.starts[found] + backlog), found
