"""The operation's own columns: the plan that both sides signed, and how it compares with comparable work."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from guanjian.kernel.flow import Facts, Step
from guanjian.kernel.shares import Comparison, Share
from guanjian.loops.operation.flow import FLOW
from guanjian.moving.placing import must_lie_within
from guanjian.moving.record import Record
from guanjian.org.actor import Actor


class Operation(Record):
    """One operation about a commodity, an enterprise or an industry (the subject)."""

    FLOW = FLOW

    plan = models.TextField(blank=True, default="")
    customs_lead = models.CharField(max_length=300, blank=True, default="")
    police_lead = models.CharField(max_length=300, blank=True, default="")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    tasks = models.JSONField(default=list)
    inside_found = models.PositiveIntegerField(null=True)
    inside_examined = models.PositiveIntegerField(null=True)
    outside_found = models.PositiveIntegerField(null=True)
    outside_examined = models.PositiveIntegerField(null=True)
    evaluation = models.TextField(blank=True, default="")
    lessons = models.TextField(blank=True, default="")

    class Meta(Record.Meta):
        abstract = False

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What the step says; the units that get a task must be there and within the territory."""
        super().take(step, facts, actor, at)
        if step.name == "submit":
            must_lie_within(self, [row["unit"] for row in self.tasks])

    @property
    def comparison(self) -> Comparison | None:
        """Find rate outside and inside the operation; None before it was measured."""
        if self.inside_examined is None:
            return None
        outside = Share(self.outside_found, self.outside_examined)
        return Comparison(outside, Share(self.inside_found, self.inside_examined))
