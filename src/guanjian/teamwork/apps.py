"""The Django app of what stands beside the records."""

from django.apps import AppConfig


class TeamworkConfig(AppConfig):
    name = "guanjian.teamwork"
    label = "teamwork"
    verbose_name = "协作"
