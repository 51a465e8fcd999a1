"""The Django app of this loop."""

from django.apps import AppConfig


class ConvertConfig(AppConfig):
    name = "guanjian.loops.convert"
    label = "convert"
    verbose_name = "成果转化"
