"""The clue's own columns: what the transfer form says, how it was filed, what it led to."""

from django.db import models

from guanjian.loops.clue.flow import FLOW
from guanjian.moving.record import Record


class Clue(Record):
    """One clue on its way to the police and back."""

    FLOW = FLOW

    source = models.CharField(max_length=16, blank=True, default="")
    modus = models.JSONField(default=list)
    enterprises = models.JSONField(default=list)
    hs_code = models.CharField(max_length=300, blank=True, default="")
    value_cny = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    evaded_cny = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    summary = models.TextField(blank=True, default="")
    filed_as = models.CharField(max_length=16, blank=True, default="")
    filing_no = models.CharField(max_length=300, blank=True, default="")
    case_key = models.CharField(max_length=300, blank=True, default="")
    rectify_key = models.CharField(max_length=300, blank=True, default="")
    gap_code = models.CharField(max_length=16, blank=True, default="")
    gap_description = models.TextField(blank=True, default="")

    class Meta(Record.Meta):
        abstract = False
