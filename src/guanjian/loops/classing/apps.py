"""The Django app of this loop."""

from django.apps import AppConfig


class ClassingConfig(AppConfig):
    name = "guanjian.loops.classing"
    label = "classing"
    verbose_name = "分类管理"
