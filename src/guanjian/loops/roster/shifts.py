"""What is one shift, who stands it, and what did the watch log say of it? Plain values, asked by rules and pages alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from guanjian.kernel.workdays import CHINA, Limit

PROPOSED = "默认参数（联合值班），待本单位核定 · proposed default"
REST = Limit(12, "h", PROPOSED, "limit.roster.rest")  # between two shifts of one person
LONGEST = Limit(24, "h", PROPOSED, "limit.roster.shift")
EARLY = timedelta(minutes=30)  # so long before its beginning a shift may be taken up
PARTED = re.compile(r"[\s,，、;；]+")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Shift:
    """One shift of both sides; its number is its place in the roster."""

    number: int
    starts: datetime
    ends: datetime
    customs: tuple[str, ...]
    police: tuple[str, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Both sides."""
        return (*self.customs, *self.police)

    @property
    def minutes(self) -> int:
        """How long it is."""
        return int((self.ends - self.starts).total_seconds() // 60)

    def going_on(self, at: datetime) -> bool:
        """True from a little before it begins until it ends."""
        return self.starts - EARLY <= at < self.ends

    def with_another(self, leaves: str, stands_in: str) -> Shift:
        """The same shift with somebody else in this person's place."""
        sides = [tuple(stands_in if one == leaves else one for one in side) for side in (self.customs, self.police)]
        return Shift(self.number, self.starts, self.ends, *sides)

    @property
    def row(self) -> dict[str, str]:
        """As it is stored."""
        told = {"starts": self.starts.isoformat(), "ends": self.ends.isoformat()}
        return {**told, "customs": " ".join(self.customs), "police": " ".join(self.police)}


def read(rows: Iterable[Row]) -> list[Shift]:
    """The shifts of a roster as they were given."""
    return [
        Shift(number, *(datetime.fromisoformat(row[end]) for end in ("starts", "ends")),
              _people(row["customs"]), _people(row["police"]))
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip


def _people(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in PARTED.split(cell) if one))


def times(log: Sequence[Row], what: str, shift: Shift, who: Iterable[str]) -> list[datetime]:
    """When these people took up, or handed over, this shift."""
    wanted = set(who)
    rows = [row for row in log if row["what"] == what and row["number"] == shift.number and row["by"] in wanted]
    return [datetime.fromisoformat(row["at"]) for row in rows]


def handed_over(log: Sequence[Row], shift: Shift) -> bool:
    """Both sides took it up, and everybody who did has handed it over."""
    return all(
        (came := times(log, "take_up", shift, side)) and len(times(log, "hand_over", shift, side)) == len(came)
        for side in (shift.customs, shift.police)
    )


def span(shift: Shift) -> str:
    """11-22 08:00–16:00."""
    starts, ends = (moment.astimezone(CHINA) for moment in (shift.starts, shift.ends))
    return (
        f"{starts:%m-%d %H:%M}–{ends:%H:%M}"
        if starts.date() == ends.date()
        else f"{starts:%m-%d %H:%M}–{ends:%m-%d %H:%M}"
    )
