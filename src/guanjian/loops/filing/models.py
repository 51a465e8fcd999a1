"""A filing's own columns: what the reform changes, its papers, and what headquarters answered."""

from __future__ import annotations

from django.db import models
from django.db.models import QuerySet

from guanjian.loops.filing.flow import FLOW
from guanjian.moving.record import Record
from guanjian.org.actor import Actor

ALIKE = 10


class Filing(Record):
    """One reform of one district before headquarters."""

    FLOW = FLOW

    decided = models.CharField(max_length=300, blank=True, default="")  # the draft that the gates decided last
    summary = models.TextField(blank=True, default="")
    scope = models.TextField(blank=True, default="")
    papers = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    proposal = models.TextField(blank=True, default="")
    answer_no = models.CharField(max_length=300, blank=True, default="")
    answer = models.TextField(blank=True, default="")
    demands = models.JSONField(default=list)
    again_on = models.DateField(null=True)
    future = models.CharField(max_length=8, blank=True, default="")

    class Meta(Record.Meta):
        abstract = False

    def elsewhere(self, actor: Actor) -> QuerySet[Filing]:
        """The newest reforms of other districts that this person may see: what a new one is compared with."""
        others = Filing.objects.visible_to(actor).exclude(district_code=self.district_code)
        return others.exclude(state="refused").order_by("-pk")[:ALIKE]
