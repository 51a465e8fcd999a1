"""Who works outside, where, and which track does it leave? Field jobs of two officers with check-in, photographs and points."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from guanjian.simulate.period import DAY
from guanjian.simulate.staff import EXAMINE
from guanjian.simulate.streams import stream
from guanjian.simulate.units import FULL
from guanjian.simulate.world import World

EVERY = 600  # seconds from one point of a track to the next
PACE = 45 / 3.6  # metres a second on the road
DEGREE = 111_200.0  # metres
JOLT = 0.0004  # degrees: how far a receiver errs


@dataclass
class Jobs:
    """One place per job, in the order of their ids. Instants are seconds."""

    house: np.ndarray
    day: np.ndarray
    officers: np.ndarray  # [job, 2]
    begins: np.ndarray  # as planned, and checked in then
    seconds: np.ndarray  # on site
    lon: np.ndarray
    lat: np.ndarray
    away: np.ndarray  # seconds on the road, one way
    delay: np.ndarray  # [job, 2]: how much later than usual the track of each reaches the server
    faked: np.ndarray  # [job, 2]: stays where he is; one invented point far off
    copied: np.ndarray  # whose photographs are handed in, usually its own
    kinds: np.ndarray = field(default_factory=lambda: np.empty(0, int))

    @property
    def count(self) -> int:
        return len(self.house)

    def names(self, chosen: np.ndarray) -> list[str]:
        """The ids of some of them."""
        return [f"J{number + 1:08d}" for number in chosen]


def honest(world: World) -> Jobs:
    """At most one job per house and working day, by two who are on the day shift; nobody is at two places at once."""
    rng, period = stream(world.seed, "field"), world.period
    days = np.flatnonzero(period.working[: period.days])
    able = np.flatnonzero(world.units.hands == FULL)
    wanted = rng.random((len(days), len(able))) < world.scenario.honest.field_jobs / 5
    day, house = (days[wanted.nonzero()[0]], able[wanted.nonzero()[1]])
    team, slot = world.staff.of_house[house, EXAMINE, 0], 2 * day
    first = world.duty.someone(team, slot, rng.random(len(house)))
    second = world.duty.another(team, slot, first, rng.random(len(house)))
    two = (first >= 0) & (second >= 0)
    house, day, officers = house[two], day[two], np.column_stack([first, second])[two]
    count, rows = len(house), world.units.rows
    turn, far = rng.uniform(0, 2 * np.pi, count), rng.uniform(3_000, 40_000, count)
    north = np.array([row["lat"] for row in rows[: world.units.houses]])[house]
    east = np.array([row["lon"] for row in rows[: world.units.houses]])[house]
    return Jobs(
        house=house,
        day=day,
        officers=officers,
        begins=period.midnight + day * DAY + 9 * 3600 + 1800 + rng.integers(0, 300, count) * 60,
        seconds=rng.integers(60, 150, count) * 60,
        lon=east + far * np.cos(turn) / DEGREE / np.cos(np.radians(north)),
        lat=north + far * np.sin(turn) / DEGREE,
        away=(far / PACE).astype(np.int64) + 300,
        delay=np.zeros((count, 2), np.int64),
        faked=np.zeros((count, 2), bool),
        copied=np.arange(count),
        kinds=rng.integers(0, 4, count),
    )


@dataclass
class Points:
    """The points of all tracks: job, which of the two, when, where, when it reached the server."""

    job: np.ndarray
    who: np.ndarray
    at: np.ndarray
    received: np.ndarray
    lon: np.ndarray
    lat: np.ndarray


def tracks(world: World, jobs: Jobs) -> Points:
    """Out, on site, and back, a point every ten minutes; received within a minute."""
    rng = stream(world.seed, "tracks")
    leaves = jobs.begins - jobs.away
    length = (2 * jobs.away + jobs.seconds) // EVERY + 1
    both = np.repeat(length, 2)
    job, who = np.repeat(np.repeat(np.arange(jobs.count), 2), both), np.repeat(np.tile([0, 1], jobs.count), both)
    step = np.arange(both.sum()) - np.repeat(np.cumsum(both) - both, both)
    since = step * EVERY
    back = (2 * jobs.away + jobs.seconds)[job] - since
    part = np.clip(np.minimum(since, back) / jobs.away[job], 0, 1)
    fake = jobs.faked[job, who]
    far = np.where(step == both.repeat(both) // 2, 1.8, 0.0)  # degrees north: an hour's flight in ten minutes
    rows = world.units.rows
    home = [np.array([row[key] for row in rows[: world.units.houses]])[jobs.house[job]] for key in ("lon", "lat")]
    spread = rng.normal(0, JOLT, (2, len(job))).clip(-2 * JOLT, 2 * JOLT)
    lon = home[0] + np.where(fake, 0, part * (jobs.lon[job] - home[0])) + spread[0]
    lat = home[1] + np.where(fake, far, part * (jobs.lat[job] - home[1])) + spread[1]
    at = leaves[job] + since
    received = at + rng.integers(2, 60, len(job)) + jobs.delay[job, who]
    return Points(job, who, at, received, np.round(lon, 6), np.round(lat, 6))
