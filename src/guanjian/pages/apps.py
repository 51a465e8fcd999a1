"""The pages as a Django application: its templates, tags and static files."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "guanjian.pages"
    label = "pages"
    verbose_name = "页面"
