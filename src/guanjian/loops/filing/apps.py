"""The Django app of this loop."""

from django.apps import AppConfig


class FilingConfig(AppConfig):
    name = "guanjian.loops.filing"
    label = "filing"
    verbose_name = "改革项目报备审查"
