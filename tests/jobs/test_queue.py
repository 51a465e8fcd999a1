"""A task that was queued runs once its transaction is committed; its result is written once, by the attempt that holds it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.tasks import TaskResultStatus
from django.tasks.exceptions import TaskResultDoesNotExist
from django.utils import timezone

from guanjian.jobs import lease
from guanjian.jobs.backend import LeaseLost
from guanjian.jobs.models import Job, State
from guanjian.jobs.worker import Worker, run
from guanjian.kernel.words import speaking
from tests.jobs.tasks import add, broken, later, slow, watched

GONE = timedelta(seconds=-1)  # a lease that is over at once: the worker is taken for dead


def state(result):
    """What the row says now."""
    return Job.objects.get(id=result.id).state


def test_a_task_is_queued_run_and_its_result_is_read(rows, diary):
    result = add.enqueue(2, b=3)
    assert result.status == TaskResultStatus.READY
    assert Worker().run_once() == 1
    result.refresh()
    assert result.return_value == {"sum": 5}
    assert (result.attempts, result.errors) == (1, [])
    assert diary() == ["add 2 3"]
    assert Worker().run_once() == 0


def test_an_async_task_runs_too(rows, diary):
    result = later.enqueue([1, None, "甲"])
    Worker().run_once()
    assert later.get_result(result.id).return_value == [1, None, "甲"]


def test_a_job_of_a_transaction_that_failed_never_runs(rows, diary):
    with transaction.atomic():
        add.enqueue(1, 2)
        transaction.set_rollback(True)
    assert Worker().run_once() == 0


def test_an_unknown_job_is_not_found(rows):
    with pytest.raises(TaskResultDoesNotExist):
        add.get_result("0" * 32)


def test_the_urgent_goes_first_and_what_is_for_later_waits(rows, diary):
    add.enqueue(1, 1)
    add.using(priority=50).enqueue(2, 2)
    late = add.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(3, 3)
    assert Worker().run_once() == 2
    assert diary() == ["add 2 2", "add 1 1"]
    assert state(late) == State.READY


@pytest.mark.parametrize("how", ["error", "exit"])
def test_a_failing_task_is_tried_again_and_then_given_up(rows, diary, how):
    result = broken.enqueue(how)
    assert Worker().run_once() == 3
    assert diary() == [f"broken {how}"] * 3
    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert [error.exception_class for error in result.errors] == [SystemExit if how == "exit" else ValueError] * 3
    assert state(result) == State.DEAD
    assert lease.revive(result.id)
    assert Worker().run_once() == 3


def test_each_retry_waits_twice_as_long(rows, diary):
    result = broken.enqueue("x")
    Job.objects.update(retry_seconds=100, max_attempts=9)
    for attempt in range(3):
        Job.objects.update(run_at=timezone.now())
        Worker().run_once()
        job = Job.objects.get(id=result.id)
        assert job.state == State.FAILED
        assert abs((job.run_at - timezone.now()).total_seconds() - 100 * 2**attempt) < 30


def test_the_result_of_a_worker_that_lost_its_lease_is_refused(rows, diary):
    result = slow.enqueue("one", 0)
    fenced = lease.claim("first", GONE)
    current = lease.claim("second")
    assert (fenced.fence, current.fence) == (1, 2)
    assert run(fenced) is False
    assert state(result) == State.RUNNING
    assert not lease.prolong(fenced)
    assert not lease.fail(fenced, {"class": "x", "traceback": "x"})
    assert not lease.hand_back(fenced)
    assert run(current) is True
    result.refresh()
    assert result.return_value == "by attempt 2"
    assert result.worker_ids == ["first", "second"]
    assert not lease.finish(fenced, "late")
    assert Job.objects.get().result == "by attempt 2"


def test_a_task_that_shows_progress_stops_when_its_lease_is_lost(rows, diary):
    watched.enqueue(3)
    fenced = lease.claim("first", GONE)
    lease.claim("second")
    assert run(fenced) is False
    assert diary() == []
    assert issubclass(LeaseLost, BaseException)


def test_progress_is_shown_in_both_languages(rows, diary):
    watched.enqueue(4)
    Worker().run_once()
    job = Job.objects.get()
    assert (job.progress.zh, job.fraction) == ("第 3 步", 0.75)
    with speaking("en"):
        assert str(job.progress) == "step 3"


def test_a_job_whose_workers_all_disappear_is_given_up(rows):
    broken.enqueue("never run")
    assert [lease.claim(f"w{n}", GONE).attempts for n in range(3)] == [1, 2, 3]
    assert lease.claim("w4") is None
    job = Job.objects.get()
    assert job.state == State.DEAD
    assert "disappeared" in job.errors[-1]["traceback"]


def test_a_job_handed_back_is_taken_at_once_and_not_counted(rows):
    add.enqueue(1, 2)
    job = lease.claim("first")
    assert lease.claim("second") is None
    assert lease.hand_back(job)
    again = lease.claim("second")
    assert (again.attempts, again.fence) == (1, 2)


def test_a_path_that_is_no_task_is_an_error_and_not_run(rows):
    add.enqueue(1, 2)
    Job.objects.update(task="os.getcwd", max_attempts=1)
    Worker().run_once()
    assert "os.getcwd is not a task" in Job.objects.get().errors[0]["traceback"]
