"""A task's own columns: whose it is, until when, to which standard; what was promised, and what came of it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from guanjian.kernel.flow import Facts, Step
from guanjian.loops.task.flow import FLOW, WORK
from guanjian.loops.task.needs import Role
from guanjian.moving.placing import must_lie_under
from guanjian.moving.record import Record
from guanjian.org.actor import Actor


class Task(Record):
    """One task of one post in one unit. The parts of a task have it as their origin."""

    FLOW = FLOW

    source = models.CharField(max_length=12, blank=True, default="")
    kind = models.CharField(max_length=16, blank=True, default="")
    role = models.CharField(max_length=8, default=Role.HOST)
    requirement = models.TextField(blank=True, default="")
    standard = models.TextField(blank=True, default="")
    post = models.CharField(max_length=16)
    finish_by = models.DateField()  # as it was assigned, or extended by who assigned it
    due_on = models.DateField(null=True)  # as it was promised
    issuer_unit_code = models.CharField(max_length=12, blank=True, default="")
    issuer_house_code = models.CharField(max_length=12, blank=True, default="")
    issuer_district_code = models.CharField(max_length=12, blank=True, default="")
    assisting = models.JSONField(default=list)
    responsible = models.CharField(max_length=300, blank=True, default="")
    percent = models.PositiveIntegerField(null=True)
    progress = models.TextField(blank=True, default="")
    reds = models.PositiveIntegerField(default=0)
    ruling = models.CharField(max_length=12, blank=True, default="")
    finished_on = models.DateField(null=True)
    grade = models.CharField(max_length=12, blank=True, default="")
    workers = models.JSONField(default=list)  # everybody who had a hand in it, not only the last

    class Meta(Record.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=~Q(unit_code="") & ~Q(post=""), name="a_task_has_unit_and_post"),
        ]

    @property
    def ends_on(self) -> date:
        """The day that is being worked towards."""
        return self.due_on or self.finish_by

    @property
    def assigners(self) -> set[str]:
        """Who made the assignment."""
        return {self.author_id}

    @property
    def on_it(self) -> set[str]:
        """Everybody who worked on it or on a part of it."""
        return set(self.workers).union(*(part.on_it for part in self.parts()))

    def parts(self) -> QuerySet[Task]:
        """What it was decomposed into, assisting units included."""
        return Task.objects.filter(origin=self.key).order_by("pk")

    def open_parts(self) -> QuerySet[Task]:
        """The parts that are neither done nor withdrawn."""
        return self.parts().exclude(state__in=FLOW.ends)

    def was_late(self) -> bool:
        """It was urged, or reported done after its day."""
        return self.reds > 0 or (self.finished_on or timezone.localdate()) > self.finish_by

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What the step says; whoever works on it is kept, a part lies within the unit's own territory."""
        if step.name == "decompose":
            must_lie_under(self, [row["unit"] for row in facts["parts"]])
        super().take(step, facts, actor, at)
        if step.name in WORK:
            self.workers = sorted({*self.workers, actor.person_id})
        if step.name == "finish":
            self.finished_on = timezone.localdate(at)
        self.reds += step.name == "count_red"
