"""A schedule queues each turn once, on its grid, at its local time, and once after a pause."""

import threading
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from guanjian.jobs.models import Job, Schedule
from guanjian.jobs.schedule import following, plan, tick
from guanjian.jobs.worker import Worker
from guanjian.kernel.errors import BadInput
from tests.jobs.tasks import turn

START = datetime(2026, 3, 1, 0, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def planned(start=START, **rhythm):
    """A schedule whose next turn is at `start`."""
    plan("turn", turn, **rhythm)
    Schedule.objects.update(next_run=start)


def test_every_ten_seconds_is_six_turns_a_minute_exactly(rows):
    planned(every=10)
    ticks = [tick(START + SECOND * n) for n in range(60)]
    assert [n for n, queued in enumerate(ticks) if queued] == [0, 10, 20, 30, 40, 50]
    assert Job.objects.count() == 6
    assert Schedule.objects.get().next_run == START + 60 * SECOND


def test_a_late_tick_keeps_the_grid_and_a_pause_is_one_turn(rows):
    planned(every=10)
    assert tick(START + 4 * SECOND) == 1
    assert Schedule.objects.get().next_run == START + 10 * SECOND
    assert tick(START + timedelta(hours=5, seconds=3)) == 1
    assert Schedule.objects.get().next_run == START + timedelta(hours=5, seconds=10)


def test_daily_is_at_the_local_time():
    rhythm = {"every_seconds": None, "daily_at": time(2, 30)}
    assert following(rhythm, datetime(2026, 3, 1, 18, 29, tzinfo=UTC)) == datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
    assert following(rhythm, datetime(2026, 3, 1, 18, 30, tzinfo=UTC)) == datetime(2026, 3, 2, 18, 30, tzinfo=UTC)


def test_a_daily_schedule_runs_once_a_day(rows):
    planned(datetime(2026, 3, 1, 18, 30, tzinfo=UTC), daily_at=time(2, 30))
    assert sum(tick(START + timedelta(minutes=10 * n)) for n in range(6 * 24 * 3)) == 3


def test_planning_again_changes_nothing_and_another_rhythm_does(rows):
    plan("turn", turn, every=10, name="a")
    before = Schedule.objects.get().next_run
    plan("turn", turn, every=10, name="a")
    assert Schedule.objects.get().next_run == before
    plan("turn", turn, every=9999, name="b")
    assert Schedule.objects.get().next_run > before
    assert Schedule.objects.get().kwargs == {"name": "b"}


def test_a_rhythm_is_one_of_the_two():
    for rhythm in ({}, {"every": 3, "daily_at": time(1)}):
        with pytest.raises(BadInput):
            plan("turn", turn, **rhythm)


def test_a_schedule_that_is_off_or_names_no_task_queues_nothing(rows):
    planned(every=10)
    Schedule.objects.update(enabled=False)
    assert tick(START) == 0
    Schedule.objects.update(enabled=True, task="tests.jobs.tasks.gone")
    assert tick(START) == 0
    assert Schedule.objects.get().next_run == START + 10 * SECOND
    assert not Job.objects.exists()


def test_workers_that_tick_at_the_same_moment_queue_a_turn_once(rows):
    planned(every=10)
    queued, gate = [], threading.Barrier(4)

    def ticking():
        for n in range(12):
            gate.wait()
            queued.append(tick(START + n * 10 * SECOND))
        connection.close()

    threads = [threading.Thread(target=ticking) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sum(queued), Job.objects.count()) == (12, 12)


def test_a_worker_runs_what_its_schedule_queues(rows, diary):
    planned(timezone.now(), every=3600)
    assert Worker().run_once() == 1
    assert diary() == ["turn"]
