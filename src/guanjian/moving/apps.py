"""The Django app of the one table that moving keeps: signatures."""

from django.apps import AppConfig


class MovingConfig(AppConfig):
    name = "guanjian.moving"
    label = "moving"
    verbose_name = "签署"
