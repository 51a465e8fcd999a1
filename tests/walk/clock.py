"""One clock for the whole walk: whatever asks for the time, in the office or in a step table, is told the same moment."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from types import ModuleType

import pytest
from django.utils import timezone

ROOMS = "guanjian."


class Clock:
    """Stands still until it is put forward."""

    def __init__(self, at: datetime) -> None:
        self.at = self.began = at

    def now(self) -> datetime:
        return self.at

    def forward(self, by: timedelta) -> None:
        self.at += by


@contextmanager
def stopped(clock: Clock) -> Iterator[None]:
    """Within the block this clock is the only one: `timezone.now()`, and `datetime.now()` in every room of the product."""
    told = _telling(clock)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", clock.now)
        for room in _rooms():
            patch.setattr(room, "datetime", told)
        yield


def _rooms() -> list[ModuleType]:
    loaded = [module for name, module in sys.modules.items() if name.startswith(ROOMS)]
    return [module for module in loaded if getattr(module, "datetime", None) is datetime]


def _telling(clock: Clock) -> type[datetime]:
    """`datetime` as the rooms know it, but for the present moment."""

    class Whole(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, datetime)

    class Told(datetime, metaclass=Whole):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return clock.at.astimezone(tz) if tz else clock.at.replace(tzinfo=None)

    return Told
