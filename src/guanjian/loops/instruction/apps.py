"""The Django app of this loop."""

from django.apps import AppConfig


class InstructionConfig(AppConfig):
    name = "guanjian.loops.instruction"
    label = "instruction"
    verbose_name = "布控指令"
