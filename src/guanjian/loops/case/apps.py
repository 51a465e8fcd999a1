"""The Django app of this loop."""

from django.apps import AppConfig


class CaseConfig(AppConfig):
    name = "guanjian.loops.case"
    label = "case"
    verbose_name = "办案"
