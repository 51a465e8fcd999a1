"""Whoever is on duty may be drawn, nobody else, and nobody where the office is closed."""

import numpy as np
import pytest

from guanjian.simulate.generate import prepare


@pytest.fixture(scope="module")
def world():
    return prepare("quiet", 3_000, 1)[0]


def test_where_the_office_is_closed_nobody_is_drawn(world):
    team, slot = (np.array([place]) for place in (len(world.staff.teams) - 1, world.duty.slots - 1))
    assert world.duty.count[team, slot] == 0
    assert world.duty.someone(team, slot, np.array([0.5])) == -1
    assert world.duty.another(team, slot, np.array([-1]), np.array([0.99])) == -1


def test_two_who_are_drawn_for_one_shift_are_two(world):
    team, slot = np.nonzero(world.duty.count > 0)
    rng = np.random.default_rng(1)
    first = world.duty.someone(team, slot, rng.random(len(team)))
    second = world.duty.another(team, slot, first, rng.random(len(team)))
    alone = world.duty.count[team, slot] == 1
    assert alone.any()
    assert np.array_equal(second == -1, alone)
    assert (first != second).all()
    assert (world.staff.team_of[first] == team).all()
    assert (world.staff.team_of[second[~alone]] == team[~alone]).all()


def test_after_a_night_comes_a_day_off(world):
    for number, team in enumerate(world.staff.teams):
        if team.night:
            officer = team.first
            duty = world.duty.on_duty(officer, number).reshape(-1, 2)
            assert duty[:, 1].any()
            assert not (duty[:-1, 1] & duty[1:, 0]).any()
            return
    pytest.fail("no team works at night")


def test_work_that_comes_at_night_waits_for_the_office_to_open(world):
    period = world.period
    friday = next(d for d, day in enumerate(period.dates) if day.isoformat() == "2026-07-03")
    evening = np.array([period.midnight + friday * 86_400 + 20 * 3600])
    at, slot = period.when_open(np.array([0]), evening, np.array([600]))
    assert (slot == 2 * (friday + 3)).all()
    assert (at == period.midnight + (friday + 3) * 86_400 + 8 * 3600 + 1800 + 600).all()
    round_the_clock, _ = period.when_open(np.array([2]), evening, np.array([600]))
    assert round_the_clock == evening
