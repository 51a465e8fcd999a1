"""One person's training in one course: the paper that was drawn (without answers), what was handed in, until when it lasts."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from guanjian.kernel.flow import Facts, Step
from guanjian.kernel.workdays import add_months
from guanjian.loops.training import bank
from guanjian.loops.training.drawing import asked, draw, score
from guanjian.loops.training.flow import FLOW, TRAINERS
from guanjian.moving.record import Record, Records
from guanjian.org.actor import Actor


class Trainings(Records):
    """Everybody sees his own; those who train see the people of their territory."""

    def visible_to(self, actor: Actor) -> Self:
        """What the actor's posts reach, all but the trainers narrowed to their own."""
        own, allowed = Q(officer_id=actor.person_id), Q(pk__in=[])
        for held in actor.holdings:
            if held.post in FLOW.posts:
                allowed |= self._reach(held) if held.post in TRAINERS else self._reach(held) & own
        return self.filter(allowed)


class Training(Record):
    """One person, one course. The right answers are never here: a paper is marked by the version that it was drawn from."""

    FLOW = FLOW

    officer_id = models.CharField(max_length=40, db_index=True)
    course = models.CharField(max_length=40, db_index=True)
    until = models.DateField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    bank_version = models.PositiveIntegerField(default=0)
    seed = models.CharField(max_length=64, blank=True, default="")
    paper = models.JSONField(default=list)
    answers = models.JSONField(default=list)
    pass_mark = models.PositiveIntegerField(default=60)
    mark = models.PositiveIntegerField(null=True)
    expires_on = models.DateField(null=True)
    refresher_due = models.BooleanField(default=False)

    objects = Trainings.as_manager()

    class Meta(Record.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["certified", "renewed"]) | Q(mark__isnull=False, mark__gte=F("pass_mark")),
                name="nobody_certified_below_the_pass_mark",
            ),
        ]

    @property
    def trainees(self) -> tuple[str, ...]:
        """The one who is trained."""
        return (self.officer_id,)

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What the step says; a paper is drawn anew from a new seed, a certificate lasts as its version says."""
        if step.name == "draw":
            self._draw()
        if step.name == "pass_it":
            months = bank.version(self.course, self.bank_version).valid_months
            self.expires_on = add_months(timezone.localdate(at), months)
        super().take(step, facts, actor, at)

    def _draw(self) -> None:
        used = bank.version(self.course)
        self.seed, self.bank_version, self.pass_mark = secrets.token_hex(32), used.number, used.pass_mark
        self.paper = draw(self.seed, len(used.questions), used.asked)
        self.answers, self.mark, self.attempts = [], None, self.attempts + 1

    @property
    def version_asked(self) -> bank.Version | None:
        """The version that the paper was drawn from."""
        return bank.version(self.course, self.bank_version) if self.bank_version else None

    def questions(self) -> list[dict]:
        """The paper as the person reads it."""
        return asked(self.paper, self.version_asked) if self.paper and self.version_asked else []

    def marked(self) -> int:
        """What the paper is worth, worked out anew from what was handed in."""
        given = {int(row["number"]): row["answer"] for row in self.answers}
        return score(self.paper, given, self.version_asked) if self.paper and self.version_asked else 0

    @property
    def assessed_on(self) -> date:
        """The day that an assessment counts from."""
        return timezone.localdate(self.entered_at)
