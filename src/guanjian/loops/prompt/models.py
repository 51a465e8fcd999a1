"""The prompt's own columns: what it says, to whom, until when."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from guanjian.kernel.flow import Facts, Step
from guanjian.loops.prompt.flow import FLOW
from guanjian.moving.placing import must_lie_within
from guanjian.moving.record import Record
from guanjian.org.actor import Actor


class Prompt(Record):
    """One prompt, notice or sweep; the answers to it are matters of their own."""

    FLOW = FLOW

    kind = models.CharField(max_length=8, blank=True, default="")
    message = models.TextField(blank=True, default="")
    units = models.JSONField(default=list)
    checklist = models.JSONField(default=list)
    answer_by = models.DateField(null=True)
    summary = models.TextField(blank=True, default="")

    class Meta(Record.Meta):
        abstract = False

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What the step says; the units addressed must be there and within the issuer's territory."""
        super().take(step, facts, actor, at)
        if step.name == "submit":
            self.units = sorted(set(facts["units"]))
            must_lie_within(self, self.units)
