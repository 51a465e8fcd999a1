"""The Django app of this loop."""

from django.apps import AppConfig


class PreviewConfig(AppConfig):
    name = "guanjian.loops.preview"
    label = "preview"
    verbose_name = "出台前审查"
