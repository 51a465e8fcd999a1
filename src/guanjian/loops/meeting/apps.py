"""The Django app of this loop."""

from django.apps import AppConfig


class MeetingConfig(AppConfig):
    name = "guanjian.loops.meeting"
    label = "meeting"
    verbose_name = "联席会议与形势分析例会"
