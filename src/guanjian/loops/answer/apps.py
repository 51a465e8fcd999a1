"""The Django app of this loop."""

from django.apps import AppConfig


class AnswerConfig(AppConfig):
    name = "guanjian.loops.answer"
    label = "answer"
    verbose_name = "承办答复"
