"""The Django app of this loop."""

from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "guanjian.loops.fieldwork"
    label = "fieldwork"
    verbose_name = "外勤作业"
