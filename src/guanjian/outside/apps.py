"""Other systems as a Django application."""

from django.apps import AppConfig


class OutsideConfig(AppConfig):
    name = "guanjian.outside"
    label = "outside"
    verbose_name = "外挂系统"
