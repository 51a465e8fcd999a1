"""The Django app of this loop."""

from django.apps import AppConfig


class PostingConfig(AppConfig):
    name = "guanjian.loops.posting"
    label = "posting"
    verbose_name = "干部交流"
