"""The Django app of this loop."""

from django.apps import AppConfig


class CourseConfig(AppConfig):
    name = "guanjian.loops.course"
    label = "course"
    verbose_name = "课程题库"
