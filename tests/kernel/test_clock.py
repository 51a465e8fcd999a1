"""A clock stands still while the other side has the papers, and resumes where it stood."""

from datetime import datetime, timedelta

from guanjian.kernel.clock import running, turned
from guanjian.kernel.workdays import CHINA, Calendar, Limit, due

HOLDS = {"returned": "review"}
START = datetime(2026, 11, 16, 9, 0, tzinfo=CHINA)


def walk(*moves):
    """The clocks after a walk of (hours after the start, state entered); the walk begins in `review` at hour 0."""
    clocks, state, entered = {}, "review", START
    for hours, target in moves:
        at = START + timedelta(hours=hours)
        clocks = turned(clocks, (state, entered), target, HOLDS, at)
        state, entered = target, at
    return clocks, state, entered


def test_two_returns_add_their_time_to_the_limit():
    clocks, state, entered = walk((10, "returned"), (30, "review"), (40, "returned"), (45, "review"))
    since, stops = running(clocks, state, entered)
    assert since == START
    assert due(since, Limit(24, "h"), Calendar(), stops) == START + timedelta(hours=24 + 20 + 5)


def test_the_wait_for_the_other_side_has_its_own_fresh_clock():
    clocks, state, entered = walk((10, "returned"))
    assert running(clocks, state, entered) == (START + timedelta(hours=10), [])


def test_a_clock_that_is_left_for_good_is_forgotten():
    clocks, state, entered = walk((10, "returned"), (30, "review"), (31, "filed"), (50, "review"))
    assert running(clocks, state, entered) == (START + timedelta(hours=50), [])
    assert clocks == {}
