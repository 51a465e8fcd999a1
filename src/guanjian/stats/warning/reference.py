"""Which past weeks are compared with this one? The same weeks of earlier years, and the seasons between them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from guanjian.kernel.errors import BadInput


def same_weeks(at: int, years: int, frequency: int, dates: np.ndarray | None = None) -> np.ndarray:
    """Indices of this week and of the same one 1..years years back, newest first.

    With dates (datetime64[D], equally spaced) the same calendar day is sought and the nearest equal weekday taken;
    without, it is `frequency` steps per year.
    """
    if dates is None:
        back = at - frequency * np.arange(years + 1)
    else:
        back = np.array([_nearest(dates, _years_before(dates[at], i), dates[at]) for i in range(years + 1)])
    if (back < 0).any():
        raise BadInput(
            f"历史不够{years}年：请减小年数或从较晚的周开始。",
            f"History is shorter than {years} years: ask for fewer years or start at a later week.",
        )
    return back


def _years_before(day: np.datetime64, years: int) -> np.datetime64:
    month = day.astype("datetime64[M]")
    return (month - np.timedelta64(12 * years, "M")).astype("datetime64[D]") + (day - month.astype("datetime64[D]"))


def _nearest(dates: np.ndarray, wanted: np.datetime64, like: np.datetime64) -> int:
    """Index of the day with the weekday of `like` next to `wanted`, -1 when the series does not hold it."""
    step = int((dates[1] - dates[0]).astype(int))
    if step == 7:
        off = int((wanted - like).astype(int)) % 7
        wanted = wanted - np.timedelta64(off, "D") if off <= 3 else wanted + np.timedelta64(7 - off, "D")
    found = int(np.searchsorted(dates, wanted))
    return found if found < len(dates) and dates[found] == wanted else -1


def seasons(at: int, back: np.ndarray, half: int, periods: int, skipped: int) -> tuple[np.ndarray, np.ndarray]:
    """The weeks to fit on and the season of each, 0..periods-1; the last season is the weeks alike this one.

    A window of `half` weeks on both sides of each reference week; with periods > 1 the time between two windows is
    shared out to periods - 1 seasons. The `skipped` weeks before this one, and this one, are left out.
    """
    if back[-1] - half < 0:
        raise BadInput("最早的参考窗口超出序列开头。", "The earliest reference window begins before the series.")
    season = np.full(at + 1, -1)
    season[max(0, at - half) : at + 1] = periods - 1
    for newer, older in pairwise(back):
        season[older - half : min(older + half, at) + 1] = periods - 1
        if periods > 1:
            between = np.arange(older + half + 1, newer - half)
            if len(between) < periods - 1:
                raise BadInput("季节数太多。", "Too many seasons for the time between two windows.")
            season[between] = _shared_out(len(between), periods - 1)
    season[max(0, at - skipped) :] = -1
    weeks = np.flatnonzero(season >= 0)
    return weeks, season[weeks]


def _shared_out(weeks: int, parts: int) -> np.ndarray:
    """0..parts-1, the first ones a week longer when it does not divide."""
    whole, rest = divmod(weeks, parts)
    return np.repeat(np.arange(parts), [whole + (i < rest) for i in range(parts)])
