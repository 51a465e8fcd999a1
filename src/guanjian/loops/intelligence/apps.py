"""The Django app of this loop."""

from django.apps import AppConfig


class IntelligenceConfig(AppConfig):
    name = "guanjian.loops.intelligence"
    label = "intelligence"
    verbose_name = "情报需求与产品"
