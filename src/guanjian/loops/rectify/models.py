"""The rectification's own columns: the problem, where it was found, and whether it came back."""

from django.db import models

from guanjian.loops.rectify.flow import FLOW
from guanjian.moving.record import Record


class Rectify(Record):
    """One problem on its way to being mended."""

    FLOW = FLOW

    source = models.CharField(max_length=16, blank=True, default="")
    problem = models.TextField(blank=True, default="")
    gap_code = models.CharField(max_length=16, blank=True, default="")
    node_code = models.CharField(max_length=300, blank=True, default="")
    finish_by = models.DateField(null=True)
    conclusion = models.TextField(blank=True, default="")
    recurrence_of = models.JSONField(default=list)  # earlier problems of the same unit and gap or node
    found_at_level = models.CharField(max_length=8, blank=True, default="")  # before it was raised as a recurrence

    class Meta(Record.Meta):
        abstract = False
        indexes = [*Record.Meta.indexes, models.Index(fields=["unit_code", "gap_code"], name="rectify_unit_gap")]
