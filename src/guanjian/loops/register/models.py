"""A registered risk's own columns: its lineage and what was judged of it; what the owner says and undertakes."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from guanjian.kernel.flow import Facts, Step
from guanjian.kernel.papers import Level
from guanjian.loops.register.flow import FLOW
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from guanjian.org.models import Unit
from guanjian.org.posts import UnitLevel

KEPT_WEEKS = 60  # rows of the course


def raised(level: str) -> Level:
    """One level more urgent; red stays red."""
    return list(Level)[max(0, Level(level).rank - 1)]


class Register(Record):
    """One risk in the hands of one owner."""

    FLOW = FLOW

    lineage = models.CharField(max_length=64)
    line_code = models.CharField(max_length=16, blank=True, default="")
    indicators = models.JSONField(default=list)
    units = models.JSONField(default=list)
    since = models.CharField(max_length=8, blank=True, default="")
    week = models.CharField(max_length=8, blank=True, default="")  # judged last
    quiet_since = models.CharField(max_length=8, blank=True, default="")
    returned = models.BooleanField(default=False)  # it was closed before: one level higher as long as it is open
    stage = models.CharField(max_length=10, blank=True, default="")
    reach = models.CharField(max_length=10, blank=True, default="")
    shape = models.CharField(max_length=10, blank=True, default="")
    owner_kind = models.CharField(max_length=10, blank=True, default="")
    owner_why = models.JSONField(default=dict)
    owner_said = models.CharField(max_length=24, blank=True, default="")  # by the newest judgement: kind and unit
    ruled = models.BooleanField(default=False)  # whose it is was ruled by people
    cell = models.JSONField(default=dict)  # factor, incident, consequence as proposed by the judgement that opened it
    sentence = models.TextField(blank=True, default="")
    sentence_en = models.TextField(blank=True, default="")
    figures = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    course = models.JSONField(default=list)
    factor = models.CharField(max_length=12, blank=True, default="")
    consequence = models.CharField(max_length=1, blank=True, default="")
    measures = models.JSONField(default=list)
    review_on = models.DateField(null=True)
    residual = models.CharField(max_length=8, blank=True, default="")

    class Meta(Record.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["lineage"], condition=Q(closed_at=None), name="register_open_once"),
        ]

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What the step says; a judgement adds its weeks to the course and sets the level."""
        before = self.course
        super().take(step, facts, actor, at)
        if step.name == "judge":
            weeks = {row["week"]: row for row in [*before, *facts["course"]]}
            self.course = [weeks[week] for week in sorted(weeks)][-KEPT_WEEKS:]
            self.level = raised(facts["level"]) if self.returned else Level(facts["level"])
            self.rank = self.level.rank

    @staticmethod
    def is_a_unit(code: str) -> bool:
        """True for headquarters, a district or a house."""
        return Unit.objects.filter(pk=code, kind="customs").exclude(level=UnitLevel.SECTION).exists()
