"""In which order does the yard open what waits? Crews take their turns; what does not fit into a shift waits for the next."""

from __future__ import annotations

import numpy as np

from guanjian.simulate.period import DAY
from guanjian.simulate.work import NOBODY, Work
from guanjian.simulate.world import World


def take_turns(world: World, work: Work, chance: tuple[np.ndarray, np.ndarray], rng: np.random.Generator) -> None:
    """Gives each examination its crew and its time; what does not fit into a shift waits for the next one."""
    period, crews, left = world.period, world.crews, np.arange(len(work.exam_entry))
    work.lead, work.second = np.full(len(left), NOBODY), np.full(len(left), NOBODY)
    seconds = (work.minutes * 60).astype(np.int64) + 60  # a minute to walk to the next
    while len(left):
        slot, team = work.exam_slot[left], work.exam_team[left]
        work.lead[left], work.second[left], key = crews.go(team, slot, chance)
        begins = crews.queue(key, work.exam_at[left], seconds[left])
        fits = begins < period.ends[slot]
        work.exam_at[left[fits]] = begins[fits]
        np.maximum.at(crews.free, key[fits], begins[fits] + seconds[left[fits]])
        left = left[~fits]
        left = _later(world, work, left)
        chance = rng.random(len(left)), rng.random(len(left))


def _later(world: World, work: Work, left: np.ndarray) -> np.ndarray:
    """Moves to the next open shift of the team; after the last one nothing is known any more."""
    last = len(world.period.starts) - 1
    ended = work.exam_slot[left] >= last
    work.exam_at[left[ended]] = world.period.cutoff + DAY
    left = left[~ended]
    slot = world.period.next_open[world.team_schedule[work.exam_team[left]], work.exam_slot[left] + 1]
    work.exam_slot[left], work.exam_at[left] = slot, world.period.starts[slot] + 600
    return left
