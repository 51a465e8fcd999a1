"""The rectification's own columns: the problem, where it was found, and whether it came back."""

from __future__ import annotations

from django.db import models

from guanjian.kernel.shares import Comparison, Share
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
    scope_kind = models.CharField(max_length=12, blank=True, default="")
    scope_code = models.CharField(max_length=300, blank=True, default="")
    review_on = models.DateField(null=True)
    before_found = models.PositiveIntegerField(null=True)
    before_examined = models.PositiveIntegerField(null=True)
    after_found = models.PositiveIntegerField(null=True)
    after_examined = models.PositiveIntegerField(null=True)

    class Meta(Record.Meta):
        abstract = False
        indexes = [*Record.Meta.indexes, models.Index(fields=["unit_code", "gap_code"], name="rectify_unit_gap")]

    @property
    def comparison(self) -> Comparison | None:
        """Find rate before and after it was mended; None before it was measured."""
        if self.after_examined is None:
            return None
        return Comparison(Share(self.before_found, self.before_examined), Share(self.after_found, self.after_examined))
