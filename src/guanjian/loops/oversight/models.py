"""A notice: which side owed what to which, about which matter, and what was decided."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

from guanjian.loops.oversight.flow import FLOW, S
from guanjian.moving.record import Record

COUNTS = (S.UPHELD, S.OBJECTED, S.CORRECTED, S.CLOSED)
A_YEAR = timedelta(weeks=52)


class Oversight(Record):
    """One notice of one breach. It lies in the unit that is called to account."""

    FLOW = FLOW

    direction = models.CharField(max_length=12)
    basis = models.CharField(max_length=20)
    issuer_unit = models.CharField(max_length=12)
    said = models.TextField(blank=True, default="")
    breach = models.CharField(max_length=200, unique=True)  # the duty, the matter and the moment: one notice to each
    reply = models.TextField(blank=True, default="")
    verdict = models.CharField(max_length=12, blank=True, default="")
    found = models.TextField(blank=True, default="")
    measures = models.JSONField(default=list)
    demand = models.TextField(blank=True, default="")

    class Meta(Record.Meta):
        abstract = False

    def upheld_before(self) -> int:
        """How often within a year a breach was upheld against the same unit, this one left out."""
        since = timezone.now() - A_YEAR
        same = Oversight.objects.filter(unit_code=self.unit_code, state__in=COUNTS, opened_at__gte=since)
        return same.exclude(pk=self.pk).count()
