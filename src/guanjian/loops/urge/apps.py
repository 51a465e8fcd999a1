"""The Django app of this loop."""

from django.apps import AppConfig


class UrgeConfig(AppConfig):
    name = "guanjian.loops.urge"
    label = "urge"
    verbose_name = "督办"
