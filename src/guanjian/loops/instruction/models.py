"""The instruction's own columns: what is ordered, when it was issued and signed for, what it hit and found."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from guanjian.kernel.flow import Facts, Step
from guanjian.loops.instruction.flow import FLOW
from guanjian.moving.record import Record
from guanjian.org.actor import Actor

ON_TIME = timedelta(minutes=10)


class Instruction(Record):
    """One instruction. It lies in the unit that has to sign for it; one that stays in force counts its hits and finds."""

    FLOW = FLOW

    kind = models.CharField(max_length=12, blank=True, default="")
    target_type = models.CharField(max_length=12, blank=True, default="")
    target_id = models.CharField(max_length=300, blank=True, default="")
    required_mode = models.CharField(max_length=1, blank=True, default="")
    demand = models.TextField(blank=True, default="")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    issued_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    hits = models.PositiveIntegerField(default=0)
    examined = models.PositiveIntegerField(default=0)
    finds = models.PositiveIntegerField(default=0)
    entry_id = models.CharField(max_length=300, blank=True, default="")
    ended_how = models.CharField(max_length=8, blank=True, default="")
    worth = models.CharField(max_length=8, blank=True, default="")

    class Meta(Record.Meta):
        abstract = False

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What the step says, and what follows from it: the subject, two moments, three counts."""
        super().take(step, facts, actor, at)
        match step.name:
            case "submit":
                self.subject_type, self.subject_id = facts["target_type"], facts["target_id"][:80]
            case "approve":
                self.issued_at = at
            case "sign":
                self.signed_at = at
            case "hit":
                self.hits += 1
            case "examine":
                self.examined += 1
                self.finds += facts["found"] == "find"

    @property
    def on_time(self) -> bool | None:
        """Signed for within ten minutes; None while it is not signed for."""
        return self.signed_at - self.issued_at <= ON_TIME if self.signed_at and self.issued_at else None
