"""A list of duties: whose it is, for which period, what the trace showed, how it was judged and by whom."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from guanjian.kernel.flow import Facts, Step
from guanjian.kernel.papers import Subject
from guanjian.kernel.workdays import CHINA, end_of
from guanjian.ledger.models import Entry
from guanjian.loops.duty.flow import DRAWN_BY, FLOW
from guanjian.loops.duty.needs import Kind, Weight
from guanjian.moving.record import Record, Records
from guanjian.org.actor import Actor, Holding
from guanjian.org.posts import Label

TO_TAKE = timedelta(days=3)  # after the last day of the period


class DutyRecords(Records):
    """Before it is published a list is seen by the person whose it is and by the level above; afterwards by the unit."""

    beyond_posts = True

    def visible_to(self, actor: Actor) -> Self:
        """One's own list whatever post one holds by now, besides what the posts read."""
        allowed = Q(subject_type=Subject.OFFICER, subject_id=actor.person_id)
        for held in actor.holdings:
            if held.post in FLOW.posts:
                allowed |= self._reach(held)
        return self.filter(allowed)

    @staticmethod
    def _reach(held: Holding) -> Q:
        known = Q(state="published")
        if held.post in DRAWN_BY:
            known |= ~Q(unit_code=held.unit_code)
        return Records._reach(held) & known


def _another(one: str, other: str) -> Q:
    return Q(**{one: ""}) | ~Q(**{one: F(other)})


class Duty(Record):
    """The duties of one leader in one post for one period; it lies in his unit and is about him."""

    FLOW = FLOW

    sheet = models.CharField(max_length=120, unique=True)  # person, unit, post and first day: drawn up once
    post = models.CharField(max_length=20, blank=True, default="")
    period_from = models.DateField(null=True)
    period_until = models.DateField(null=True)
    items = models.JSONField(default=list)
    tallies = models.JSONField(default=list)
    evidence = models.JSONField(default=list)
    credits = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    upto = models.BigIntegerField(default=0)
    traced_hash = models.CharField(max_length=300, blank=True, default="")
    missed = models.JSONField(default=list)
    grade = models.CharField(max_length=8, blank=True, default="")
    outcome = models.CharField(max_length=8, blank=True, default="")
    diligence = models.TextField(blank=True, default="")
    opinion = models.TextField(blank=True, default="")
    assessed_by = models.CharField(max_length=40, blank=True, default="")
    confirmed_by = models.CharField(max_length=40, blank=True, default="")
    reviewed_by = models.CharField(max_length=40, blank=True, default="")
    told_on = models.DateField(null=True)

    objects = DutyRecords.as_manager()

    class Meta(Record.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=_another("assessed_by", "subject_id")
                & _another("confirmed_by", "subject_id")
                & _another("reviewed_by", "subject_id"),
                name="nobody_assesses_his_own_duties",
            ),
            models.CheckConstraint(
                condition=_another("confirmed_by", "assessed_by")
                & _another("reviewed_by", "assessed_by")
                & _another("reviewed_by", "confirmed_by"),
                name="duties_are_judged_by_other_hands",
            ),
        ]

    @property
    def evidence_by(self) -> date | None:
        """When the evidence is to be taken."""
        return self.period_until + TO_TAKE if self.period_until else None

    @property
    def period(self) -> tuple[datetime, datetime]:
        """From the first moment of the period to the first after it."""
        return datetime.combine(self.period_from, time(), CHINA), end_of(self.period_until)

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What the step says; who judged is kept where the database compares it, and when the person was told."""
        super().take(step, facts, actor, at)
        match step.name:
            case "assess":
                self.assessed_by = actor.person_id
            case "confirm":
                self.confirmed_by, self.told_on = actor.person_id, timezone.localdate(at)
            case "send_back":
                self.assessed_by = ""
            case "uphold" | "amend":
                self.reviewed_by = actor.person_id
            case "strike":
                self.sheet = f"{self.sheet}#{self.pk}"

    def counted(self) -> list[dict[str, str]]:
        """Each duty with how often the trace shows it; the statement is in it when the person made it himself."""
        found = {(row["kind"], row["line"]): int(row["found"]) for row in self.tallies}
        stated = int(self.hands.get("state") == self.subject_id)
        rows = (
            (row, stated if row["kind"] == Kind.STATEMENT else found.get((row["kind"], row["line"]), 0))
            for row in self.items
        )
        return [{**row, "found": str(times)} for row, times in rows]  # fmt: skip

    def missing(self) -> list[dict[str, str]]:
        """The duties that the trace shows less often than they were owed."""
        return [row for row in self.counted() if int(row["found"]) < int(row["least"])]

    def silent_lines(self) -> list[str]:
        """The lines of the list on which the trace shows nothing at all; to speak of a line is no work on it."""
        owed = [row for row in self.counted() if row["kind"] != Kind.STATEMENT]
        return sorted({row["line"] for row in owed} - {row["line"] for row in owed if int(row["found"])})

    def pursued(self) -> list[dict[str, str]]:
        """The faults that call for accountability, or for an exemption with its reason."""
        return [row for row in self.faults if row["weight"] == Weight.GRAVE]

    def left_trace(self, key: str) -> bool:
        """True when this person took a step in this matter within the period, as the ledger tells it."""
        if self.period_from is None:
            return False
        first, end = self.period
        entries = Entry.objects.filter(subject=key, actor=self.subject_id, at__gte=first, at__lt=end)
        return any(json.loads(entry.body).get("label") == Label.LIMITED for entry in entries)
