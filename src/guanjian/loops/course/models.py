"""A course: its bank as drafted, and the versions that were in force; the right answers are at rest here and leave for nobody."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from guanjian.kernel.flow import Facts, Step
from guanjian.ledger.canonical import canonical
from guanjian.loops.course.flow import FLOW, PEN
from guanjian.moving.record import Record
from guanjian.org.actor import Actor

CONTENT = ("material", "basis", "questions", "asked", "pass_mark", "valid_months", "hours")
HANDS = (*PEN, "take_up")


class Course(Record):
    """One course. `versions` is what papers are drawn from; the columns before it are the draft."""

    FLOW = FLOW
    AT_REST = frozenset({"questions", "versions", "writers"})  # no list and no call tells them

    code = models.CharField(max_length=40)
    about = models.TextField(blank=True, default="")
    material = models.TextField(blank=True, default="")
    basis = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    asked = models.PositiveIntegerField(null=True)
    pass_mark = models.PositiveIntegerField(null=True)
    valid_months = models.PositiveIntegerField(null=True)
    hours = models.PositiveIntegerField(null=True)
    posts = models.JSONField(default=list)
    needed_from = models.DateField(null=True)
    versions = models.JSONField(default=list)
    writers = models.JSONField(default=list)  # everybody who has had the bank in hand

    class Meta(Record.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(state="retired"), name="one_course_to_a_code"),
        ]

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What the step says; approving freezes a version, and whoever has seen the answers is remembered."""
        super().take(step, facts, actor, at)
        if step.name in HANDS:
            self.writers = sorted({*self.writers, actor.person_id})
        if step.name == "approve":
            self.versions = [*self.versions, self._version(timezone.localdate(at))]

    def _version(self, day: date) -> dict:
        content = {name: getattr(self, name) for name in CONTENT}
        number = len(self.versions) + 1
        bank = hashlib.sha256(canonical({"bank": content["questions"]}).encode()).hexdigest()
        return {**content, "number": number, "since": day.isoformat(), "bank": bank, "writers": self.writers}

    @property
    def in_use(self) -> dict | None:
        """The newest version, while the course is not retired."""
        return self.versions[-1] if self.versions and self.state != "retired" else None

    def version_of(self, number: int) -> dict | None:
        """One version, for whoever marks a paper that was drawn from it."""
        return next((one for one in self.versions if one["number"] == number), None)

    def told_to(self, actor: Actor) -> dict[str, Facts]:
        """The bank is told to whoever wrote or reviewed it, and to nobody else: he could sit the examination."""
        told = super().told_to(actor)
        if actor.person_id in self.writers:
            return told
        return {
            name: {key: value for key, value in facts.items() if key != "questions"} for name, facts in told.items()
        }
