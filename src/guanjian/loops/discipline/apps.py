"""The Django app of this loop."""

from django.apps import AppConfig


class DisciplineConfig(AppConfig):
    name = "guanjian.loops.discipline"
    label = "discipline"
    verbose_name = "违纪违法案件管理"
