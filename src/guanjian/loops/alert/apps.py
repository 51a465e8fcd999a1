"""The Django app of this loop."""

from django.apps import AppConfig


class AlertConfig(AppConfig):
    name = "guanjian.loops.alert"
    label = "alert"
    verbose_name = "预警处置"
