"""The tables of jobs: what waits, runs or has run, and what is to be started again and again."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from guanjian.kernel.words import Names, Text


class State(Names):
    """Where a job stands."""

    READY = "ready", "等待", "Waiting"
    RUNNING = "running", "运行中", "Running"
    DONE = "done", "已完成", "Done"
    FAILED = "failed", "失败，待重试", "Failed, to be retried"
    DEAD = "dead", "已放弃", "Given up"


WAITING = (State.READY, State.FAILED)


def new_id() -> str:
    """A job's id, as `django.tasks` hands it out."""
    return uuid.uuid4().hex


class Job(models.Model):
    """One call of one task. `fence` grows with every attempt: only the newest attempt may write a result."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id)
    task = models.CharField(max_length=200)  # dotted path
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.CharField(max_length=64, default="default")
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READY)
    created_at = models.DateTimeField()
    run_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    attempted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    max_attempts = models.IntegerField(default=5)
    retry_seconds = models.IntegerField(default=10)
    fence = models.IntegerField(default=0)
    worker = models.CharField(max_length=64, blank=True, default="")
    workers = models.JSONField(default=list)
    heartbeat_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    progress_zh = models.CharField(max_length=200, blank=True, default="")
    progress_en = models.CharField(max_length=200, blank=True, default="")
    fraction = models.FloatField(null=True)
    result = models.JSONField(null=True)
    errors = models.JSONField(default=list)  # [{"class", "traceback"}], one per failed attempt

    class Meta:
        indexes = [
            models.Index(fields=["-priority", "run_at"], condition=Q(state__in=WAITING), name="jobs_job_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state=State.RUNNING), name="jobs_job_leased"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.state}"

    @property
    def progress(self) -> Text:
        """What the task last said about how far it is."""
        return Text(self.progress_zh, self.progress_en)


class Schedule(models.Model):
    """A task to be queued every so many seconds, or daily at a time of the project's zone."""

    name = models.CharField(primary_key=True, max_length=64)
    task = models.CharField(max_length=200)
    kwargs = models.JSONField(default=dict)
    every_seconds = models.IntegerField(null=True)
    daily_at = models.TimeField(null=True)
    next_run = models.DateTimeField()
    last_run = models.DateTimeField(null=True)
    enabled = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["next_run"], name="jobs_schedule_next")]
        constraints = [
            models.CheckConstraint(
                condition=Q(every_seconds__gt=0, daily_at__isnull=True)
                | Q(every_seconds__isnull=True, daily_at__isnull=False),
                name="jobs_schedule_one_rhythm",
            )
        ]

    def __str__(self) -> str:
        return self.name
