"""What is to be started again and again. A tick queues what is due, once, however many workers tick at the moment.

After a pause (the machine was off) a schedule runs once, not once for each turn that was missed.
"""

from __future__ import annotations

import logging
from datetime import datetime, time, timedelta

from django.db import transaction
from django.tasks import Task
from django.utils import timezone
from django.utils.json import normalize_json

from guanjian.jobs.backend import queue, task_at
from guanjian.jobs.models import Schedule
from guanjian.kernel.errors import BadInput

log = logging.getLogger(__name__)


def plan(name: str, task: Task, /, *, every: int | None = None, daily_at: time | None = None, **kwargs) -> Schedule:
    """Declare a schedule: every so many seconds, or daily at a local time. Declaring it again changes nothing."""
    if (every is None) == (daily_at is None):
        raise BadInput("请给出间隔秒数或每日时刻之一。", "Give either the seconds between or the time of day.")
    wanted = {
        "task": task.module_path,
        "kwargs": normalize_json(kwargs),
        "every_seconds": every,
        "daily_at": daily_at,
    }
    first = following(wanted, timezone.now())
    found, made = Schedule.objects.get_or_create(name=name, defaults={**wanted, "next_run": first})
    if not made and any(getattr(found, part) != value for part, value in wanted.items()):
        Schedule.objects.filter(name=name).update(next_run=first, **wanted)
        found.refresh_from_db()
    return found


def following(rhythm: dict, after: datetime, last: datetime | None = None) -> datetime:
    """The next turn after a moment: on the grid of `last` for seconds, at the local time for days."""
    if rhythm["every_seconds"] is not None:
        step = timedelta(seconds=rhythm["every_seconds"])
        start = last or after
        return start + step * ((after - start) // step + 1)
    zone = timezone.get_default_timezone()
    today = after.astimezone(zone).date()
    turn = datetime.combine(today, rhythm["daily_at"], zone)
    return turn if turn > after else datetime.combine(today + timedelta(days=1), rhythm["daily_at"], zone)


def tick(now: datetime | None = None) -> int:
    """Queue every schedule that is due; how many were queued by this call."""
    now = now or timezone.now()
    return sum(_turn(schedule, now) for schedule in Schedule.objects.filter(enabled=True, next_run__lte=now))


def _turn(schedule: Schedule, now: datetime) -> bool:
    """Whoever moves the next turn forward queues the job, in one transaction; everybody else finds it moved."""
    rhythm = {"every_seconds": schedule.every_seconds, "daily_at": schedule.daily_at}
    later = following(rhythm, now, schedule.next_run)
    with transaction.atomic():
        due = Schedule.objects.filter(name=schedule.name, next_run=schedule.next_run, enabled=True)
        if not due.update(next_run=later, last_run=schedule.next_run):
            return False
        try:
            task = task_at(schedule.task)
        except ImportError:
            log.exception("schedule %s names a task that is not there", schedule.name)
            return False
        queue(schedule.task, task, [], schedule.kwargs)
    return True
