"""One sheet: a district, both its sides, a period; what was counted and as known when; who reviewed and who decided."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from guanjian.kernel.flow import Facts, Step
from guanjian.kernel.workdays import CHINA, end_of
from guanjian.ledger.models import Entry
from guanjian.loops.appraisal.flow import FLOW
from guanjian.loops.appraisal.needs import Measure
from guanjian.moving.placing import HEADQUARTERS
from guanjian.moving.record import Record, Records
from guanjian.org.actor import Actor, Holding
from guanjian.org.models import Appointment
from guanjian.org.posts import Post

TO_FREEZE = timedelta(days=3)
WHEN_PUBLISHED = (Post.RISK, Post.POLICE, Post.POLICE_LEGAL)


class Sheets(Records):
    """Those who are appraised and those who appraise see a sheet from its first day, the others when it is published."""

    @staticmethod
    def _reach(held: Holding) -> Q:
        within = Records._reach(held)
        return within & Q(state="published") if held.post in WHEN_PUBLISHED else within


class Appraisal(Record):
    """The appraisal of one district in one period, in one edition. A published one is kept by the database as it is."""

    FLOW = FLOW

    sheet = models.CharField(max_length=80, unique=True)  # district, period and edition: opened once
    edition = models.PositiveIntegerField(default=1)
    why_again = models.TextField(blank=True, default="")
    period_from = models.DateField(null=True)
    period_until = models.DateField(null=True)
    inputs = models.JSONField(default=list)
    upto = models.BigIntegerField(default=0)
    inputs_hash = models.CharField(max_length=300, blank=True, default="")
    left_out = models.JSONField(default=list)
    objections = models.JSONField(default=list)
    decision = models.TextField(blank=True, default="")
    reviewed_by = models.CharField(max_length=40, blank=True, default="")
    decided_by = models.CharField(max_length=40, blank=True, default="")
    told_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)

    objects = Sheets.as_manager()

    class Meta(Record.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by="") | ~Q(decided_by=F("reviewed_by")), name="an_appraisal_is_decided_by_another"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(inputs_hash=""), name="nothing_is_published_unfrozen"
            ),
        ]

    @property
    def freeze_by(self) -> date | None:
        """When it is to be frozen."""
        return self.period_until + TO_FREEZE if self.period_until else None

    @property
    def period(self) -> tuple[datetime, datetime]:
        """From the first moment of the period to the first after it."""
        return datetime.combine(self.period_from, time(), CHINA), end_of(self.period_until)

    @property
    def judges_above(self) -> set[str]:
        """Who serves at headquarters today: they judge an objection, and do not make it."""
        day = timezone.localdate()
        now = Appointment.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day)
        return set(now.filter(unit__district_code=HEADQUARTERS).values_list("person__username", flat=True))

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What the step says; what is left out and objected to adds up, and who judged stands where the database compares it."""
        left_out = self.left_out
        super().take(step, facts, actor, at)
        if "left_out" in facts:
            self.left_out = sorted({*left_out, *facts["left_out"]})
        match step.name:
            case "review":
                self.reviewed_by, self.told_on = actor.person_id, timezone.localdate(at)
            case "object":
                said = {"by": actor.person_id, "grounds": facts["grounds"], "named": facts["named"]}
                self.objections = [*self.objections, said]
            case "decide":
                self.decided_by = actor.person_id
            case "publish":
                self.published_at = at
            case "drop":
                self.sheet = f"{self.sheet}#{self.pk}"

    def in_its_ledger(self, key: str) -> bool:
        """True when the ledger of this district knows a matter of this key."""
        return Entry.objects.filter(subject=key, stream=self.district_code).exists()

    def total(self, measure: Measure) -> int:
        """What was counted of this, over all units."""
        return sum(int(row["count"]) for row in self.inputs if row["measure"] == measure)

    def by_unit(self, measure: Measure) -> list[tuple[str, int]]:
        """The same by unit."""
        return [(row["unit"], int(row["count"])) for row in self.inputs if row["measure"] == measure]
