"""The alert's own columns beside those of its finding."""

from django.db import models

from guanjian.loops.alert.flow import FLOW
from guanjian.moving.found import Found


class Alert(Found):
    """One warning and what became of it."""

    FLOW = FLOW

    reason_code = models.CharField(max_length=16, blank=True, default="")
    amount_cny = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    class Meta(Found.Meta):
        abstract = False
