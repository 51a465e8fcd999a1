"""Real worker processes: killed, stopped, and two at once."""

import signal
import time
from collections import Counter

import pytest

from guanjian.jobs.models import Job, State
from guanjian.ledger.models import Entry
from guanjian.ledger.rows import append
from tests.jobs.tasks import add, slow

pytestmark = pytest.mark.slow


def until(true, seconds=30):
    """Wait until it is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def at_work(process):
    """Wait until it says that it has begun: before that it knows no signal."""
    return any("at work" in line for line in iter(process.stdout.readline, ""))


def all_done():
    return not Job.objects.exclude(state=State.DONE).exists()


def test_the_job_of_a_worker_killed_with_9_is_run_by_the_next(rows, diary, worker):
    result = slow.enqueue("one", 1.5)
    first = worker("--lease", "1.5")
    until(lambda: diary() == ["begin one 1"])
    first.send_signal(signal.SIGKILL)
    first.wait()
    worker("--lease", "1.5")
    until(all_done)
    assert diary() == ["begin one 1", "begin one 2", "end one 2"]
    result.refresh()
    assert (result.return_value, len(result.worker_ids)) == ("by attempt 2", 2)


def test_a_worker_that_stood_still_finds_its_result_refused(rows, diary, worker):
    result = slow.enqueue("one", 1.0)
    frozen = worker("--lease", "1.5")
    until(lambda: diary() == ["begin one 1"])
    frozen.send_signal(signal.SIGSTOP)
    worker("--lease", "1.5")
    until(lambda: "begin one 2" in diary())
    frozen.send_signal(signal.SIGCONT)
    until(lambda: {"end one 1", "end one 2"} <= set(diary()))
    until(all_done)
    result.refresh()
    assert result.return_value == "by attempt 2"


def test_a_long_job_keeps_its_lease(rows, diary, worker):
    slow.enqueue("long", 4.0)
    worker("--lease", "1.5")
    until(lambda: diary() == ["begin long 1"])
    worker("--lease", "1.5")
    until(all_done)
    assert diary() == ["begin long 1", "end long 1"]


def test_two_workers_run_each_job_once_and_lose_none(rows, diary, worker):
    for n in range(60):
        add.enqueue(n, 0)
    workers = [worker("--threads", "2") for _ in range(2)]
    until(all_done)
    assert Counter(diary()) == Counter(f"add {n} 0" for n in range(60))
    assert set(Job.objects.values_list("attempts", "fence")) == {(1, 1)}
    for process in workers:
        assert at_work(process)
        process.send_signal(signal.SIGTERM)
    assert [process.wait(20) for process in workers] == [0, 0]


def test_a_worker_told_to_stop_finishes_what_is_at_hand_and_takes_no_more(rows, diary, worker):
    slow.enqueue("one", 1.0)
    process = worker()
    until(lambda: diary() == ["begin one 1"])
    waiting = add.enqueue(1, 1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert diary() == ["begin one 1", "end one 1"]
    assert Job.objects.get(id=waiting.id).state == State.READY


def test_a_worker_told_twice_hands_its_job_back_and_leaves(rows, diary, worker):
    slow.enqueue("one", 30)
    process = worker()
    until(lambda: diary() == ["begin one 1"])
    process.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 130
    job = Job.objects.get()
    assert (job.state, job.attempts) == (State.READY, 0)


def test_once_does_what_is_due_and_ends(rows, diary, worker):
    add.enqueue(1, 1)
    process = worker("--once")
    assert process.wait(20) == 0
    assert all_done()


def test_the_worker_also_seals_the_ledger(rows, diary, worker):
    worker("--seal")
    append("2200", "alert.sign", "alert/1", "u", {})
    until(lambda: Entry.objects.get().is_sealed)
    add.enqueue(1, 1)
    until(all_done)
