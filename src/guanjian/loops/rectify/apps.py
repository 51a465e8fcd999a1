"""The Django app of this loop."""

from django.apps import AppConfig


class RectifyConfig(AppConfig):
    name = "guanjian.loops.rectify"
    label = "rectify"
    verbose_name = "排查整改"
