"""A draft on its way through the gates: what it is, what it says now, and what the gates found that later steps need."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.utils import timezone

from guanjian.kernel.rulemaking import WorkPost
from guanjian.loops.preview.flow import FLOW
from guanjian.moving.record import Record
from guanjian.org.powers import holder

TO_SUM_UP = timedelta(days=15)  # default after the last day of the consultation, to be set by each office


class Preview(Record):
    """One rule or reform that is to be made, amended or repealed."""

    FLOW = FLOW

    action = models.CharField(max_length=8, blank=True, default="make")
    kind = models.CharField(max_length=8, blank=True, default="rule")
    form = models.CharField(max_length=12, blank=True, default="internal")
    necessity = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    parameters = models.JSONField(default=list)
    controls = models.JSONField(default=list)
    trainings = models.JSONField(default=list)
    consult_until = models.DateField(null=True)
    exempt = models.CharField(max_length=12, blank=True, default="")
    moves = models.JSONField(default=list)
    substantial = models.BooleanField(default=False)

    class Meta(Record.Meta):
        abstract = False

    @property
    def sum_up_by(self) -> date | None:
        """When what the public said is to be summed up."""
        return self.consult_until + TO_SUM_UP if self.consult_until else None

    def holder_of(self, node: str) -> WorkPost | None:
        """Which post holds this node today in this draft's territory, as far as the register of nodes knows."""
        found = holder(node, timezone.localdate(), self.district_code)
        return WorkPost(found) if found else None
