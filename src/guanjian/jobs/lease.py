"""The lease: who holds a job, until when, and what only the holder may write.

A worker takes a job for `LEASE` and prolongs it while it works. If it dies, the lease runs out and the next worker takes
the job with a higher fence; what the first one might still write is refused, because its fence is no longer the job's.
A task may therefore run twice and must bear it; its result is written once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from guanjian.jobs.models import WAITING, Job, State

LEASE = timedelta(seconds=60)
LONGEST_PAUSE = timedelta(hours=1)
LOST = {"class": "guanjian.jobs.backend.LeaseLost", "traceback": "the worker disappeared in every attempt"}


def due(now: datetime, queues: Iterable[str] | None = None):
    """What may be taken now: what waits and is due, and what its worker has left."""
    ready = Q(state__in=WAITING, run_at__lte=now)
    left = Q(state=State.RUNNING, lease_until__lt=now)
    jobs = Job.objects.filter(ready | left)
    if queues:
        jobs = jobs.filter(queue__in=list(queues))
    return jobs.order_by("-priority", "run_at", "id")


def claim(worker: str, lease: timedelta = LEASE, queues: Iterable[str] | None = None) -> Job | None:
    """Take the next job for this worker; None when nothing is due."""
    while due(timezone.now(), queues).exists():  # without a lock: an idle worker disturbs nobody
        taken = _take_one(worker, lease, queues)
        if taken is None or taken.state == State.RUNNING:
            return taken
    return None


def _take_one(worker: str, lease: timedelta, queues: Iterable[str] | None) -> Job | None:
    now = timezone.now()
    with transaction.atomic():
        job = due(now, queues).select_for_update(skip_locked=True).first()
        if job is None:
            return None
        if job.attempts >= job.max_attempts:
            job.state, job.finished_at, job.errors = State.DEAD, now, [*job.errors, LOST]
        else:
            job.state, job.worker, job.workers = State.RUNNING, worker, [*job.workers, worker]
            job.started_at, job.attempted_at, job.heartbeat_at = job.started_at or now, now, now
            job.attempts, job.fence, job.lease_until = job.attempts + 1, job.fence + 1, now + lease
        job.save()
    return job


def _held(job: Job):
    """The row, if this attempt still holds it."""
    return Job.objects.filter(id=job.id, fence=job.fence, state=State.RUNNING)


def prolong(job: Job, lease: timedelta = LEASE) -> bool:
    """Keep the job for another lease; False when it is no longer ours."""
    now = timezone.now()
    return bool(_held(job).update(heartbeat_at=now, lease_until=now + lease))


def finish(job: Job, result: object) -> bool:
    """Write the result; False when another attempt has taken over, and then nothing is written."""
    return bool(_held(job).update(state=State.DONE, result=result, finished_at=timezone.now(), lease_until=None))


def fail(job: Job, error: dict[str, str]) -> bool:
    """Write the error: wait for the next attempt, each time twice as long, or give up after the last."""
    now = timezone.now()
    changes = {"errors": [*job.errors, error], "lease_until": None}
    if job.attempts >= job.max_attempts:
        changes |= {"state": State.DEAD, "finished_at": now}
    else:
        pause = timedelta(seconds=job.retry_seconds) * 2 ** (job.attempts - 1)
        changes |= {"state": State.FAILED, "run_at": now + min(pause, LONGEST_PAUSE)}
    return bool(_held(job).update(**changes))


def hand_back(job: Job) -> bool:
    """Give the job up unfinished, as when the worker is told to stop at once: the next worker takes it immediately."""
    now = timezone.now()
    return bool(_held(job).update(state=State.READY, run_at=now, lease_until=None, attempts=F("attempts") - 1))


def revive(job_id: str) -> bool:
    """Let a job that was given up be tried again from the start; False if it was not given up."""
    dead = Job.objects.filter(id=job_id, state=State.DEAD)
    return bool(dead.update(state=State.READY, run_at=timezone.now(), attempts=0, finished_at=None))
