"""Who is on duty in each shift? The rosters: the pool from which work can be given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from guanjian.simulate import columns
from guanjian.simulate.parts import Parts
from guanjian.simulate.period import SEVEN_DAYS, Period
from guanjian.simulate.staff import Staff, Team
from guanjian.simulate.units import Units


@dataclass
class Duty:
    """For each team and slot a stretch of `members`: `start[team, slot]`, `count[team, slot]`."""

    start: np.ndarray
    count: np.ndarray
    members: np.ndarray
    slots: int

    def someone(self, team: np.ndarray, slot: np.ndarray, chance: np.ndarray) -> np.ndarray:
        """One of those on duty, each equally likely; -1 where nobody is."""
        count = self.count[team, slot]
        place = self.start[team, slot] + np.minimum((chance * count).astype(np.int64), count - 1)
        return np.where(count > 0, self.members[np.maximum(place, 0)], -1)

    def another(self, team: np.ndarray, slot: np.ndarray, who: np.ndarray, chance: np.ndarray) -> np.ndarray:
        """Somebody else on the same shift; -1 where there is nobody else."""
        count, start = self.count[team, slot], self.start[team, slot]
        place = (chance * (count - 1)).astype(np.int64)
        end = len(self.members) - 1  # where a stretch is empty its start may lie behind the last member
        found = self.members[np.minimum(start + np.maximum(place, 0), end)]
        last = self.members[np.minimum(start + np.maximum(count - 1, 0), end)]
        return np.where(count > 1, np.where(found == who, last, found), -1)

    def on_duty(self, officer: int, team: int) -> np.ndarray:
        """Per slot: is this officer on duty in this team?"""
        row = self.count[team]
        slots = np.repeat(np.arange(self.slots), row)
        first = self.start[team, 0]
        mine = self.members[first : first + row.sum()] == officer
        return np.bincount(slots[mine], minlength=self.slots) > 0


def plan(staff: Staff, period: Period, rng: np.random.Generator) -> Duty:
    """Turns the wheel of each team: days, nights with rest after them, days off, leave."""
    counts, members = [], []
    for team in staff.teams:
        mask = _wheel(team, period, rng)
        counts.append(mask.sum(axis=1))
        members.append(team.first + np.nonzero(mask)[1])
    count = np.array(counts)
    start = np.concatenate([[0], np.cumsum(count.ravel())[:-1]]).reshape(count.shape)
    return Duty(start, count, np.concatenate(members).astype(np.int32), count.shape[1])


def _wheel(team: Team, period: Period, rng: np.random.Generator) -> np.ndarray:
    days, size = len(period.dates), team.size
    turn = np.arange(days) * team.night if team.night else np.cumsum(rng.integers(1, 3, days))
    place = (rng.permutation(size)[None, :] - turn[:, None]) % size
    weekend = team.weekend if team.schedule >= SEVEN_DAYS else 0
    wanted = np.where(period.working, team.by_day, weekend)
    mask = np.empty((days, 2, size), bool)
    mask[:, 0] = (place >= team.night) & (place < team.night + wanted[:, None])
    mask[:, 1] = place < team.night
    return mask.reshape(-1, size)


class Rosters:
    """Writes the roster rows of a stretch of slots: one per post that an officer covers in a shift."""

    def __init__(self, staff: Staff, units: Units, words: dict[str, pa.Array]) -> None:
        self.posts = [team.posts for team in staff.teams]
        self.unit = np.array([team.unit for team in staff.teams])
        self.kinds = sorted({post for posts in self.posts for post in posts})
        self.holds = np.array([[post in posts for post in self.kinds] for posts in self.posts])
        self.words, self.period_units = words, units

    def write(self, duty: Duty, period: Period, parts: Parts, slots: slice) -> None:
        """The rows of these slots, by post."""
        number = np.arange(duty.slots)[slots]
        count = duty.count[:, slots]
        team = np.repeat(np.arange(len(count)), count.sum(axis=1))
        slot = np.repeat(np.tile(number, len(count)), count.ravel())
        within = np.arange(len(slot)) - np.repeat(np.cumsum(count.ravel()) - count.ravel(), count.ravel())
        officer = duty.members[duty.start[team, slot] + within]
        for place, post in enumerate(self.kinds):
            mine = self.holds[team, place]
            parts.add(
                "rosters",
                unit_code=columns.names(self.unit[team[mine]], self.words["units"]),
                post=columns.constant(post, int(mine.sum())),
                starts_at=columns.stamps(period.starts[slot[mine]]),
                ends_at=columns.stamps(period.ends[slot[mine]]),
                officer_id=columns.names(officer[mine], self.words["officers"]),
            )
