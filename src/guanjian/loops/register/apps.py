"""The Django app of this loop."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "guanjian.loops.register"
    label = "register"
    verbose_name = "风险台账"
