"""The Django app of this loop."""

from django.apps import AppConfig


class OperationConfig(AppConfig):
    name = "guanjian.loops.operation"
    label = "operation"
    verbose_name = "专项行动与联合监控"
