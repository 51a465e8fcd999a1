"""The indicator's own columns: the formula, what the tests counted, and the fingerprint of what was tested."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models

from guanjian.customs.formula.indicator import Indicator as Measure
from guanjian.kernel.errors import BadInput
from guanjian.kernel.flow import Facts, Step
from guanjian.kernel.shares import Share
from guanjian.kernel.words import Text
from guanjian.loops.indicator.flow import FLOW, S
from guanjian.moving.record import Record
from guanjian.org.actor import Actor

OVER = (S.RETIRED, S.DROPPED)


class Indicator(Record):
    """One indicator on its way into force and out of it."""

    FLOW = FLOW

    formula = models.TextField(blank=True, default="")
    period = models.CharField(max_length=8, default="month")
    parameters = models.JSONField(default=list)
    line_code = models.CharField(max_length=16, blank=True, default="")
    owner = models.CharField(max_length=300, blank=True, default="")
    legal_basis = models.TextField(blank=True, default="")
    meaning = models.TextField(blank=True, default="")
    adopts = models.CharField(max_length=300, blank=True, default="")
    essence = models.CharField(max_length=64, blank=True, default="", db_index=True)
    likeness = models.CharField(max_length=64, blank=True, default="", db_index=True)
    tested = models.CharField(max_length=64, blank=True, default="")  # fingerprint of what was back-tested
    trial_runs = models.IntegerField(default=0)
    trial_flagged = models.BigIntegerField(default=0)
    in_force_from = models.DateField(null=True)
    shared = models.BooleanField(default=False)

    class Meta(Record.Meta):
        abstract = False

    @property
    def code(self) -> str:
        """How its findings are named."""
        return f"IND-{self.pk}"

    @property
    def measure(self) -> Measure:
        """The formula as it stands, checked anew."""
        about = {"code": self.code, "title": self.title, "line": self.line_code, "level": self.level}
        return Measure.read(self.formula, self.parameters, self.period, district=self.district_code, **about)

    def fingerprint(self) -> str:
        """The hash of everything that decides what it flags."""
        return self.measure.fingerprint()

    @property
    def stands(self) -> bool:
        """True when what would run is what was tested and approved; what can no longer be read does not stand."""
        return bool(self.tested) and self.unreadable is None and self.tested == self.fingerprint()

    @property
    def unreadable(self) -> Text | None:
        """Why the formula cannot be measured any more (a feature that is gone, a row that was changed); None if it can."""
        try:
            self.fingerprint()
        except BadInput as wrong:
            return wrong.text
        return None

    def others(self):
        """Every indicator in the country that is not over, but this one."""
        return Indicator.objects.exclude(pk=self.pk).exclude(state__in=OVER).order_by("pk")

    def twins(self) -> list[Indicator]:
        """Others that say the same, in whichever district."""
        return list(self.others().filter(essence=self.essence))

    def alike(self) -> list[Indicator]:
        """Others that differ in numbers only."""
        return list(self.others().filter(likeness=self.likeness).exclude(essence=self.essence))

    def namesakes(self, read: Measure) -> list[Indicator]:
        """Others of the same name that say something else."""
        return list(self.others().filter(title=self.title).exclude(likeness=read.essence(numbers=False)))

    def precision(self) -> Share | None:
        """Of the flagged objects that a disposal decided, the confirmed; None while none was."""
        told = self.facts.get("back_test", {})
        confirmed, refuted = int(told.get("confirmed", 0)), int(told.get("refuted", 0))
        return Share(confirmed, confirmed + refuted) if confirmed + refuted else None

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What the step says; a revised formula is another one, and what was tested stays what was tested."""
        super().take(step, facts, actor, at)
        if step.name == "revise":
            self.tested = ""
            self.weigh()
        if step.name == "back_test":
            self.tested = facts["fingerprint"]

    def weigh(self) -> None:
        """What makes it the same as another, or alike."""
        read = self.measure
        self.essence, self.likeness = read.essence(), read.essence(numbers=False)

    def in_force_on(self, day: date) -> bool:
        """True when it alarms on this day."""
        return self.state in (S.IN_FORCE, S.REVIEWED) and self.in_force_from is not None and self.in_force_from <= day
