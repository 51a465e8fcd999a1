"""One classing: a unit, what was measured, which class it and its posts were given, what that asks for, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from guanjian.kernel.flow import Facts, Step
from guanjian.kernel.workdays import add_months
from guanjian.loops.classing.flow import FLOW
from guanjian.loops.classing.policy import Measures, policy
from guanjian.moving.record import Record, Records
from guanjian.org.actor import Actor

YEAR = 12


class Classings(Records):
    """What is in force can be read as of any day."""

    def on(self, day: date) -> Self:
        """Those in force on this day, one to a unit."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day).order_by("unit_code")


class Classing(Record):
    """The classes of one unit and of the posts in it. The class is the unit's and the post's; no person has one."""

    FLOW = FLOW

    sheet = models.CharField(max_length=80, unique=True)  # the unit and the classing before: opened once
    measured_on = models.DateField(null=True)
    measured_class = models.CharField(max_length=1, blank=True, default="")
    load = models.CharField(max_length=20, blank=True, default="")
    factors = models.JSONField(default=list)
    measured_posts = models.JSONField(default=list)
    missing = models.TextField(blank=True, default="")
    unit_class = models.CharField(max_length=1, blank=True, default="")
    posts = models.JSONField(default=list)
    in_force_from = models.DateField(null=True)
    since = models.DateField(null=True, db_index=True)
    until = models.DateField(null=True)
    measures = models.JSONField(default=dict)  # by class, as the policy of the day said
    policy_source = models.CharField(max_length=200, blank=True, default="")
    proposed_by = models.CharField(max_length=40, blank=True, default="")
    adopted_by = models.CharField(max_length=40, blank=True, default="")

    objects = Classings.as_manager()

    class Meta(Record.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=Q(adopted_by="") | ~Q(adopted_by=F("proposed_by")), name="a_class_is_adopted_by_another"
            ),
        ]

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What the step says; what was measured is what the proposal begins with, the figures are fixed when adopted."""
        day = timezone.localdate(at)
        if step.name == "adopt":  # before the wait of its state begins
            self.since = max(self.in_force_from or day, day)
            held = policy(self.since)
            self.measures = {grade: asdict(one) for grade, one in held.measures.items()}
            self.adopted_by, self.policy_source = actor.person_id, held.source
        super().take(step, facts, actor, at)
        match step.name:
            case "measure":
                self.unit_class = self.measured_class
                self.posts = [{name: row[name] for name in ("post", "grade")} for row in self.measured_posts]
            case "propose":
                self.proposed_by = actor.person_id
            case "follow":
                self.until = date.fromisoformat(facts["last_day"])
            case "drop":
                self.sheet = f"{self.sheet}#{self.pk}"

    @property
    def review_by(self) -> date | None:
        """When the classes are to be reviewed."""
        return add_months(self.since, YEAR) if self.since else None

    def under_review(self) -> bool:
        """True while the next classing of the unit is prepared."""
        return Classing.objects.filter(origin=self.key).exclude(state="dropped").exists()

    def asked(self, grade: str) -> Measures | None:
        """What this class asks for, as adopted; before that nothing."""
        return Measures(**self.measures[grade]) if grade in self.measures else None

    def of_posts(self) -> Iterable[tuple[str, str, Measures]]:
        """Each post with its class and what that asks for."""
        return ((row["post"], row["grade"], self.asked(row["grade"])) for row in self.posts if self.measures)
