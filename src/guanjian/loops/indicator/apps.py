"""The Django app of this loop."""

from django.apps import AppConfig


class IndicatorConfig(AppConfig):
    name = "guanjian.loops.indicator"
    label = "indicator"
    verbose_name = "指标与参数治理"
