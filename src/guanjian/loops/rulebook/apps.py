"""The Django app of this loop."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "guanjian.loops.rulebook"
    label = "rulebook"
    verbose_name = "制度立改废"
