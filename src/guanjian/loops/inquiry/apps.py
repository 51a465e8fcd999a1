"""The Django app of this loop."""

from django.apps import AppConfig


class InquiryConfig(AppConfig):
    name = "guanjian.loops.inquiry"
    label = "inquiry"
    verbose_name = "一案双查"
