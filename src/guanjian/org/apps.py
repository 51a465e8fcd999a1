"""The Django app of the organisation tables."""

from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "guanjian.org"
    label = "org"
    verbose_name = "组织机构"
