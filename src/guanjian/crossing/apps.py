"""The Django app of the crossing: it has no tables of its own, only tasks and what runs at start-up."""

from django.apps import AppConfig


class CrossingConfig(AppConfig):
    name = "guanjian.crossing"
    label = "crossing"
    verbose_name = "分析与办公之间"
