"""Which entries are opened, by which lane, with which chance, and how thoroughly are they to be opened?"""

from __future__ import annotations

import numpy as np

from guanjian.simulate.streams import stream
from guanjian.simulate.work import NONE, Work
from guanjian.simulate.world import World

LANES = ("mandatory", "probability", "value", "severity", "random", "novelty", "none")
MANDATORY, PROBABILITY, VALUE, SEVERITY, RANDOM, NOVELTY, NO_LANE = range(7)
RANDOM_SHARE = 0.006
BY_CREDIT = np.array([0.0, 0.15, 0.3, 1.0, 4.0, 8.0])
MODE_SHARES = np.cumsum([0.16, 0.44, 0.12, 0.28])  # A full, B partial, C external, J machine
MEAN_BOOST = 1.17  # keeps the share opened where the scenario wants it


def select(world: World, work: Work) -> None:
    """Selection sees credit, goods and a noisy hint of what is wrong; a small share is drawn blindly."""
    rng = stream(world.seed, "select", work.day)
    first = work.cell[work.first_item]
    hint = rng.normal(0, 0.5, work.count) + 1.3 * (work.wrong != NONE)
    food = world.goods.group[first] == 2
    odds = BY_CREDIT[world.traders.credit[work.trader]] * world.goods.risk[first] * np.exp(hint) / MEAN_BOOST
    targeted = np.clip(world.scenario.honest.examined * odds * np.where(work.way == 0, 1.25, 0.7), 0.001, 0.85)
    work.score = odds / (odds + 8)
    work.propensity = 1 - (1 - RANDOM_SHARE) * (1 - targeted)
    draw = rng.random(work.count)
    work.selected = draw < work.propensity
    other = rng.random(work.count)
    lane = np.where(food & (other < 0.6), MANDATORY, PROBABILITY)
    lane = np.where((world.goods.risk[first] > 1.5) & (other > 0.6), SEVERITY, lane)
    lane = np.where((work.value > 1e6) & (other > 0.5), VALUE, lane)
    lane = np.where((lane == PROBABILITY) & (other > 0.93), NOVELTY, lane)
    lane = np.where(draw < RANDOM_SHARE, RANDOM, lane)
    work.lane = np.where(work.selected, lane, NO_LANE)
    work.decided = work.declared + rng.integers(20, 120, work.count)
    work.required = np.searchsorted(MODE_SHARES[:-1], rng.random(work.count))  # of every entry, used where opened


def instruct(world: World, work: Work) -> None:
    """Entries to be opened get an instruction: one risk analyst of the district writes it, another approves."""
    rng = stream(world.seed, "instruct", work.day)
    work.exam_entry = opened = np.flatnonzero(work.selected)
    work.required = work.required[opened]
    work.issue_team = world.staff.of_district["risk"][world.units.district[work.house[opened]]]
    wanted, wait = work.decided[opened] + rng.integers(60, 900, len(opened)), np.zeros(len(opened), np.int64)
    work.issued_at, slot = world.period.when_open(world.team_schedule[work.issue_team], wanted, wait)
    work.issuer = world.duty.someone(work.issue_team, slot, rng.random(len(opened)))
    work.approver = world.duty.another(work.issue_team, slot, work.issuer, rng.random(len(opened)))
    work.signed_at = work.issued_at + rng.lognormal(5.3, 0.7, len(opened)).astype(np.int64)
