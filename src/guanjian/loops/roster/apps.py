"""The Django app of this loop."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    name = "guanjian.loops.roster"
    label = "roster"
    verbose_name = "关警联合值班"
