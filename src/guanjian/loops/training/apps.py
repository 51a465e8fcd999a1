"""The Django app of this loop."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "guanjian.loops.training"
    label = "training"
    verbose_name = "教育培训"
