"""The Django app of this loop."""

from django.apps import AppConfig


class DutyConfig(AppConfig):
    name = "guanjian.loops.duty"
    label = "duty"
    verbose_name = "一岗双责"
