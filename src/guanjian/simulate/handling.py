"""Who reviews, prices, examines and releases each entry, and when? Work goes to whoever is on duty, each equally likely."""

from __future__ import annotations

import numpy as np

from guanjian.simulate.goods import IMPORT
from guanjian.simulate.period import DAY
from guanjian.simulate.staff import EXAMINE, RELEASE, REVIEW
from guanjian.simulate.streams import stream
from guanjian.simulate.turns import take_turns
from guanjian.simulate.work import EXTERNAL, FULL, IPR, NOBODY, NONE, PARTIAL, PERMIT, PRICE, QUANTITY, Work
from guanjian.simulate.world import World

MINUTES = np.array([170, 60, 22, 11])  # how long an examination takes by mode
SEES = np.array([0.9, 0.7, 0.3, 0.5])  # how often a mode finds what is wrong
TRIFLE = 0.035  # something small to be corrected is found in an honest entry
NORMAL, TAXED, PERMITTED, AMENDED, POLICE, LEGAL = "11", "1", "2", "9", "4", "8"
HANDLINGS = (NORMAL, TAXED, PERMITTED, AMENDED, POLICE, LEGAL)


def schedule_review(world: World, work: Work) -> None:
    """Which section gets the entry, and in which shift it is read."""
    rng = stream(world.seed, "review", work.day)
    group = world.goods.group[work.cell[work.first_item]]
    work.review_team = world.staff.of_house[work.house, REVIEW, group]
    wait = rng.lognormal(7.7, 0.8, work.count) * world.speed[work.house]
    at = work.declared + 120 + wait.astype(np.int64)
    backlog = rng.integers(300, 9000, work.count)
    work.review_at, work.review_slot = world.period.when_open(world.team_schedule[work.review_team], at, backlog)


def review(world: World, work: Work) -> None:
    """One of those on duty reads it; a part of the entries that nobody is to open passes by machine."""
    rng = stream(world.seed, "reviewer", work.day)
    someone = world.duty.someone(work.review_team, work.review_slot, rng.random(work.count))
    machine = (rng.random(work.count) < 0.15) & ~work.selected
    work.reviewer = np.where(machine, NOBODY, someone)
    work.review_at = np.where(machine, work.decided + 30, work.review_at)
    asked = (rng.random(work.count) < np.where(work.way == IMPORT, 0.07, 0.015)) & ~machine
    work.price_team = world.staff.of_district["valuation"][world.units.district[work.house]]
    after = work.review_at + rng.lognormal(9.2, 0.7, work.count).astype(np.int64)
    schedule = world.team_schedule[work.price_team]
    at, slot = world.period.when_open(schedule, after, rng.integers(300, 9000, work.count))
    work.priced_at = np.where(asked, at, -1)
    work.pricer = np.where(asked, world.duty.someone(work.price_team, slot, rng.random(work.count)), NOBODY)


def examine(world: World, work: Work) -> None:
    """Two of those on duty open it, mostly as required; storms and busy yards delay it."""
    rng, entry = stream(world.seed, "examine", work.day), work.exam_entry
    count, house = len(entry), work.house[entry]
    work.exam_team = world.staff.of_house[house, EXAMINE, 0]
    ready = np.maximum(np.maximum(work.review_at[entry], work.priced_at[entry]), work.signed_at)
    wait = rng.lognormal(9.6, 0.6, count) * world.speed[house] * world.weather[house, work.day]
    schedule = world.team_schedule[work.exam_team]
    at = ready + wait.astype(np.int64)
    work.exam_at, work.exam_slot = world.period.when_open(schedule, at, rng.integers(600, 12_000, count))
    chance, help_chance = (rng.random(count), rng.random(count)), (rng.random(count), rng.random(count))
    lighter = rng.random(count) < world.scenario.honest.downgrade
    work.mode = np.where(lighter, lighter_mode(work.required), work.required)
    work.minutes = MINUTES[work.mode] * rng.lognormal(0, 0.35, count)
    take_turns(world, work, chance, rng)
    _stand_in(world, work, help_chance)


def lighter_mode(required: np.ndarray) -> np.ndarray:
    """One step lighter: full becomes partial, partial external; machine and external stay."""
    return np.where(required == FULL, PARTIAL, np.where(required == PARTIAL, EXTERNAL, required))


def _stand_in(world: World, work: Work, chance: tuple[np.ndarray, np.ndarray]) -> None:
    """Where an examiner is alone on the shift, a colleague from document review may come along; often nobody does."""
    team = world.staff.of_house[work.house[work.exam_entry], REVIEW, 0]
    colleague = world.duty.someone(team, work.exam_slot, chance[0])
    comes = (work.second == NOBODY) & (colleague != work.lead) & (chance[1] < world.scenario.honest.stand_in)
    work.second = np.where(comes, colleague, work.second)


def conclude(world: World, work: Work) -> None:
    """What was found, and what is done about it; the assessed values never touch the declared ones."""
    rng, entry = stream(world.seed, "conclude", work.day), work.exam_entry
    work.exam_end = work.exam_at + np.where(work.waived, 0, work.minutes * 60).astype(np.int64)
    wrong, looks = work.wrong[entry], ~work.hidden[entry] & ~work.waived
    sees = (rng.random(len(entry)) < SEES[work.mode]) & looks
    trifle = (rng.random(len(entry)) < TRIFLE) & looks
    work.found = np.where((wrong != NONE) & sees, wrong, np.where(trifle, QUANTITY, NONE))
    grave = rng.random(len(entry)) < np.where(work.short_tax[entry] > 20_000, 0.6, 0.12)
    by_kind = {PRICE: TAXED, QUANTITY: AMENDED, PERMIT: PERMITTED, IPR: LEGAL}
    code = np.full(len(entry), HANDLINGS.index(NORMAL))
    for kind, handling in by_kind.items():
        code = np.where(work.found == kind, HANDLINGS.index(handling), code)
    police = grave & (work.found != NONE) & (wrong != NONE)
    work.handling = np.where(police, HANDLINGS.index(POLICE), code)


def release(world: World, work: Work) -> None:
    """The last step of the house: by machine where nothing was asked, else by one of the release desk on duty."""
    rng = stream(world.seed, "release", work.day)
    place = work.last_examiner()
    done = np.where(place >= 0, work.exam_end[place] if len(work.exam_end) else -1, -1)
    ready = np.maximum(np.maximum(work.review_at, work.priced_at), done)
    work.release_team = world.staff.of_house[work.house, RELEASE, 0]
    machine = (rng.random(work.count) < 0.4) & ~work.selected
    wait = (rng.lognormal(7.0, 0.8, work.count) * world.speed[work.house]).astype(np.int64)
    schedule = world.team_schedule[work.release_team]
    at, slot = world.period.when_open(schedule, ready + wait, rng.integers(300, 7000, work.count))
    work.releaser = np.where(machine, NOBODY, world.duty.someone(work.release_team, slot, rng.random(work.count)))
    work.release_at = np.where(machine, ready + rng.integers(20, 400, work.count), at)
    held = work.handling == HANDLINGS.index(POLICE)
    work.release_at[work.exam_entry[held]] = -1
    _audit(world, work, rng)


def _audit(world: World, work: Work, rng: np.random.Generator) -> None:
    wanted = (rng.random(work.count) < 0.005) & (work.release_at > 0) & (work.way == IMPORT)
    team = world.staff.of_district["post_audit"][world.units.district[work.house]]
    after = work.release_at + rng.integers(3 * DAY, 45 * DAY, work.count)
    known = wanted & (after < world.period.cutoff - 10 * DAY)
    at, slot = world.period.when_open(
        world.team_schedule[team], np.where(known, after, 0), rng.integers(300, 20_000, work.count)
    )
    work.audit_at = np.where(known, at, -1)
    work.auditor = np.where(known, world.duty.someone(team, slot, rng.random(work.count)), NOBODY)


def investigate(world: World, work: Work) -> None:
    """What was transferred becomes a case of the district's police, with two investigators."""
    rng = stream(world.seed, "investigate", work.day)
    taken = (work.handling == HANDLINGS.index(POLICE)) & (rng.random(len(work.handling)) < 0.85)
    work.case_exam = np.flatnonzero(taken)
    entry = work.exam_entry[work.case_exam]
    team = world.staff.of_district["case"][world.units.district[work.house[entry]]]
    after = work.exam_end[work.case_exam] + rng.integers(4 * 3600, 3 * DAY, len(entry))
    schedule = world.team_schedule[team]
    work.filed_at, slot = world.period.when_open(schedule, after, rng.integers(600, 14_000, len(entry)))
    work.investigator = world.duty.someone(team, slot, rng.random(len(entry)))
    work.second_investigator = world.duty.another(team, slot, work.investigator, rng.random(len(entry)))
    work.criminal = work.short_tax[entry] > 100_000
    later = work.filed_at + rng.integers(12 * DAY, 30 * DAY, len(entry))
    later = np.minimum(later, world.period.cutoff + DAY)  # what is decided after the cut-off is not known
    at, slot = world.period.when_open(schedule, later, rng.integers(600, 14_000, len(entry)))
    work.fined_at = np.where(work.criminal, -1, at)
    work.fined_by = world.duty.someone(team, slot, rng.random(len(entry)))
    work.fined_with = world.duty.another(team, slot, work.fined_by, rng.random(len(entry)))
