"""The worker: takes one job after another, keeps its lease while it runs, and writes what came of it."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from datetime import timedelta
from traceback import format_exception

from django.db import DatabaseError, close_old_connections, connection
from django.tasks.signals import task_finished, task_started
from django.utils.json import normalize_json

from guanjian.jobs import lease, schedule
from guanjian.jobs.backend import Backend, JobContext, LeaseLost, result_of, task_at
from guanjian.jobs.models import Job

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.5
TICK_SECONDS = 1.0


class Worker:
    """One process's worker. `stop` ends it after the jobs at hand, `leave` before; `held` are those jobs."""

    def __init__(self, lease_seconds: float = lease.LEASE.total_seconds(), queues: list[str] | None = None) -> None:
        self.name = f"{socket.gethostname()[:32]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.lease = timedelta(seconds=lease_seconds)
        self.queues = queues
        self.stop = threading.Event()
        self.leave = threading.Event()
        self.held: dict[str, Job] = {}

    def run(self, threads: int = 1) -> None:
        """Work until stopped: job threads, and in this one the schedule's ticks; leases are kept until all is done."""
        done = threading.Event()
        beat = threading.Thread(target=self._beat, args=(done,), name="heartbeat")
        workers = [threading.Thread(target=self._work, name=f"job-{n}") for n in range(threads)]
        for thread in (beat, *workers):
            thread.start()
        while not self.stop.is_set():
            _unless_database_fails(schedule.tick)
            self.stop.wait(TICK_SECONDS)
        while any(thread.is_alive() for thread in workers) and not self.leave.wait(0.05):
            pass
        if self.leave.is_set():
            self.hand_back()
        done.set()
        beat.join()
        connection.close()

    def run_once(self) -> int:
        """Do what is due now and stop; how many jobs were run."""
        done, count = threading.Event(), 0
        beat = threading.Thread(target=self._beat, args=(done,), name="heartbeat")
        beat.start()
        try:
            schedule.tick()
            while not self.stop.is_set() and self.one():
                count += 1
        finally:
            done.set()
            beat.join()
        return count

    def one(self) -> bool:
        """Run one job if there is one."""
        job = lease.claim(self.name, self.lease, self.queues)
        if job is None:
            return False
        self.held[job.id] = job
        try:
            run(job)
        finally:
            del self.held[job.id]
        return True

    def hand_back(self) -> None:
        """Give up what is at hand, for an exit that does not wait: the process must end right after."""
        for job in list(self.held.values()):
            lease.hand_back(job)

    def _work(self) -> None:
        while not self.stop.is_set():
            if not _unless_database_fails(self.one):
                self.stop.wait(IDLE_SECONDS)
        connection.close()

    def _beat(self, done: threading.Event) -> None:
        while not done.wait(self.lease.total_seconds() / 3):
            for job in list(self.held.values()):
                _unless_database_fails(lambda job=job: lease.prolong(job, self.lease))
        connection.close()


def _unless_database_fails(action) -> object:
    """A database that is away for a moment does not end the worker."""
    close_old_connections()
    try:
        return action()
    except DatabaseError:
        log.warning("the database failed; trying again", exc_info=True)
        return None


def run(job: Job) -> bool:
    """Run one claimed job and write what came of it; False when the lease was lost and nothing was written."""
    try:
        result = _called(job)
    except LeaseLost:
        written = False
    except KeyboardInterrupt:
        lease.hand_back(job)
        raise
    except BaseException as error:  # whatever else a task raises, an exit too, is its result and not the worker's end
        log.warning("job %s (%s) failed in attempt %s", job.id, job.task, job.attempts, exc_info=True)
        written = lease.fail(job, _worded(error))
    else:
        written = lease.finish(job, result)
    if not written:
        log.warning("job %s (%s) was taken over; attempt %s writes nothing", job.id, job.task, job.fence)
    return written


def _called(job: Job) -> object:
    task = task_at(job.task)
    shown = result_of(job, task)
    task_started.send(Backend, task_result=shown)
    given = [JobContext(task_result=shown, fence=job.fence)] if task.takes_context else []
    try:
        return normalize_json(task.call(*given, *job.args, **job.kwargs))
    finally:
        task_finished.send(Backend, task_result=shown)


def _worded(error: BaseException) -> dict[str, str]:
    kind = type(error)
    return {
        "class": f"{kind.__module__}.{kind.__qualname__}",
        "traceback": "".join(format_exception(error)).replace("\x00", ""),
    }
