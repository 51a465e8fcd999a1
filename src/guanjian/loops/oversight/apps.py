"""The Django app of this loop."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "guanjian.loops.oversight"
    label = "oversight"
    verbose_name = "双向监督"
