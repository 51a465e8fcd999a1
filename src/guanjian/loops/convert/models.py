"""The conversion's own columns: what was found where, why, and what is demanded of whom."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from guanjian.kernel.flow import Facts, Step
from guanjian.loops.convert.flow import FLOW
from guanjian.moving.placing import must_lie_within
from guanjian.moving.record import Record
from guanjian.org.actor import Actor


class Convert(Record):
    """One finding of an inspection on its way to something that lasts."""

    FLOW = FLOW

    source = models.CharField(max_length=16, blank=True, default="")
    document = models.CharField(max_length=300, blank=True, default="")
    finding = models.TextField(blank=True, default="")
    about_unit = models.CharField(max_length=12, blank=True, default="")
    cause = models.CharField(max_length=16, blank=True, default="")
    cause_text = models.TextField(blank=True, default="")
    alike = models.TextField(blank=True, default="")
    at_once = models.TextField(blank=True, default="")
    for_good = models.TextField(blank=True, default="")
    demands = models.JSONField(default=list)

    class Meta(Record.Meta):
        abstract = False

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What the step says; the units that get a demand must be there and within the territory."""
        super().take(step, facts, actor, at)
        if step.name == "decide":
            must_lie_within(self, [row["unit"] for row in self.demands])
