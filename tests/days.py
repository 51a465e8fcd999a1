"""Days and moments, asked for when a test uses them: midnight may lie between the reading of a file and its tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

import pytest
from django.utils import timezone

ASKED_TOO_EARLY = (
    "The day or the moment was asked for while the tests are collected; the tests run later, perhaps on the next day."
    " Ask within the test (tests.days.today, day, date_in), or write Ahead or Hence into the table."
)


def today() -> date:
    """The day on which this is asked."""
    return timezone.localdate()


def date_in(days: int) -> date:
    """The day so many days from today."""
    return today() + timedelta(days=days)


def day(days: int = 0) -> str:
    """The same as a form takes it."""
    return date_in(days).isoformat()


@dataclass(frozen=True)
class Ahead:
    """In a table: the day so many days from the one on which the table is used."""

    days: int

    def at(self, now: datetime) -> date:
        """That day, where it is `now`."""
        return timezone.localdate(now) + timedelta(days=self.days)


@dataclass(frozen=True)
class Hence:
    """In a table: the moment so many hours from the one at which the table is used."""

    hours: float

    def at(self, now: datetime) -> datetime:
        """That moment, where it is `now`."""
        return now + timedelta(hours=self.hours)


def as_of_now(value: Any) -> Any:
    """What was written into a table as a form or a phone tells it: every day and moment in it as text, as of now."""
    return _text(value, timezone.now())


def kept(columns: dict[str, Any]) -> dict[str, Any]:
    """The same as a record keeps it: a day or moment itself where it is a column, as text within a list or dict."""
    now = timezone.now()
    return {
        name: value.at(now) if isinstance(value, Ahead | Hence) else _text(value, now)
        for name, value in columns.items()
    }


def _text(value: Any, now: datetime) -> Any:
    if isinstance(value, Ahead | Hence):
        return value.at(now).isoformat()
    if isinstance(value, dict):
        return {name: _text(one, now) for name, one in value.items()}
    if isinstance(value, list):
        return [_text(one, now) for one in value]
    return value


class _TooEarly(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        raise RuntimeError(ASKED_TOO_EARLY)


@contextmanager
def unasked() -> Iterator[None]:
    """Within the block whoever asks Django for the day or the moment fails, by whatever name he knows the function."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "datetime", _TooEarly)
        yield
