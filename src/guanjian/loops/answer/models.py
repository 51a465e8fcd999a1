"""The answer's own columns: what was asked, by when, and what was answered."""

from django.db import models

from guanjian.loops.answer.flow import FLOW
from guanjian.moving.record import Record


class Answer(Record):
    """What one unit was sent and what it answered. `origin` is the record that sent it."""

    FLOW = FLOW

    kind = models.CharField(max_length=12)
    asked = models.TextField(blank=True, default="")
    lines = models.JSONField(default=list)  # of a sweep: the checklist
    issuer_unit = models.CharField(max_length=12, blank=True, default="")
    answer_by = models.DateField(null=True)
    responsible = models.CharField(max_length=300, blank=True, default="")
    answers = models.JSONField(default=list)
    problem = models.TextField(blank=True, default="")
    reference = models.CharField(max_length=300, blank=True, default="")
    examined = models.PositiveIntegerField(null=True)
    finds = models.PositiveIntegerField(null=True)
    cases = models.PositiveIntegerField(null=True)
    value_cny = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    class Meta(Record.Meta):
        abstract = False
