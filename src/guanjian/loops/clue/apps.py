"""The Django app of this loop."""

from django.apps import AppConfig


class ClueConfig(AppConfig):
    name = "guanjian.loops.clue"
    label = "clue"
    verbose_name = "线索移交"
