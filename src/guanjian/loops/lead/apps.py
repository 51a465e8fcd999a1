"""The Django app of this loop."""

from django.apps import AppConfig


class LeadConfig(AppConfig):
    name = "guanjian.loops.lead"
    label = "lead"
    verbose_name = "廉政线索核实"
