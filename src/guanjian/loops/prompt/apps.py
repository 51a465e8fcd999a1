"""The Django app of this loop."""

from django.apps import AppConfig


class PromptConfig(AppConfig):
    name = "guanjian.loops.prompt"
    label = "prompt"
    verbose_name = "风险提示与排查"
