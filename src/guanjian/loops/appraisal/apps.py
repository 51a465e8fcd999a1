"""The Django app of this loop."""

from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "guanjian.loops.appraisal"
    label = "appraisal"
    verbose_name = "反走私绩效综合考评"
