"""The standard `django.tasks` API over our own rows."""

from __future__ import annotations

from dataclasses import dataclass

from django.tasks import Task, TaskContext, TaskResult, TaskResultStatus
from django.tasks.backends.base import BaseTaskBackend
from django.tasks.base import TaskError
from django.tasks.exceptions import TaskResultDoesNotExist
from django.tasks.signals import task_enqueued
from django.utils import timezone
from django.utils.json import normalize_json
from django.utils.module_loading import import_string

from guanjian.jobs.models import Job, State
from guanjian.kernel.words import Text

STATUS = {
    State.READY: TaskResultStatus.READY,
    State.FAILED: TaskResultStatus.READY,
    State.RUNNING: TaskResultStatus.RUNNING,
    State.DONE: TaskResultStatus.SUCCESSFUL,
    State.DEAD: TaskResultStatus.FAILED,
}


class LeaseLost(BaseException):
    """Another worker holds this job now: the task must stop. Not an `Exception`, so no task swallows it by habit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTask(Task):
    """A task may be tried `max_attempts` times; the first retry waits `retry_seconds`, each further one twice that."""

    max_attempts: int = 5
    retry_seconds: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class JobContext(TaskContext):
    """What a task with `takes_context=True` is given."""

    fence: int

    def progress(self, text: Text, fraction: float | None = None) -> None:
        """Show how far the job is; `LeaseLost` when another worker has taken it over."""
        held = Job.objects.filter(id=self.task_result.id, fence=self.fence, state=State.RUNNING)
        if not held.update(progress_zh=text.zh[:200], progress_en=text.en[:200], fraction=fraction):
            raise LeaseLost(self.task_result.id)


class Backend(BaseTaskBackend):
    """Queues a task as a row in the caller's transaction: it runs if and only if that transaction commits."""

    task_class = JobTask
    supports_defer = True
    supports_async_task = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task, args, kwargs) -> TaskResult:
        """One row; the task must be importable by its path, as the worker will import it."""
        self.validate_task(task)
        job = queue(task.module_path, task, normalize_json(list(args)), normalize_json(dict(kwargs)))
        result = result_of(job, task)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult:
        """The job as `django.tasks` shows it."""
        job = Job.objects.filter(id=result_id).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(job, task_at(job.task))


def queue(path: str, task: Task, args: list, kwargs: dict) -> Job:
    """The row for one call of a task."""
    now = timezone.now()
    return Job.objects.create(
        task=path,
        args=args,
        kwargs=kwargs,
        queue=task.queue_name,
        priority=task.priority,
        created_at=now,
        run_at=task.run_after or now,
        max_attempts=getattr(task, "max_attempts", 1),
        retry_seconds=getattr(task, "retry_seconds", 10),
    )


def task_at(path: str) -> Task:
    """The task of this path; only what is declared as a task is ever run."""
    found = import_string(path)
    if not isinstance(found, Task):
        raise ImportError(f"{path} is not a task")
    return found


def result_of(job: Job, task: Task) -> TaskResult:
    """The row in the standard's shape."""
    result = TaskResult(
        task=task,
        id=job.id,
        status=STATUS[State(job.state)],
        enqueued_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.attempted_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=task.backend,
        errors=[TaskError(exception_class_path=e["class"], traceback=e["traceback"]) for e in job.errors],
        worker_ids=list(job.workers),
    )
    object.__setattr__(result, "_return_value", job.result)
    return result
