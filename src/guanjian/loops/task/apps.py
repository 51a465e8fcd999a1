"""The Django app of this loop."""

from django.apps import AppConfig


class TaskConfig(AppConfig):
    name = "guanjian.loops.task"
    label = "task"
    verbose_name = "任务分解与督办"
