"""A discipline matter: about whom, what was decided, until when a sanction runs, and the letters with who reported it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone

from guanjian.kernel.flow import Facts, Step
from guanjian.kernel.workdays import add_months
from guanjian.loops.discipline import mailbox
from guanjian.loops.discipline.flow import FLOW
from guanjian.loops.discipline.needs import PERIOD_MONTHS, PROBATION_MONTHS
from guanjian.moving.record import Record
from guanjian.moving.sealed import Sealed
from guanjian.moving.sealed_rows import SealedRecords
from guanjian.org.actor import Actor

REPORTER, OFFICE = "reporter", "office"


class Discipline(Sealed):
    """One matter about one officer, or about nobody known yet. It lies in the unit of its compartment."""

    FLOW = FLOW
    SEALED_FIELDS = (
        *("source", "subject_unit", "told", "filing_no", "filed_with", "mode", "way", "by_date", "established"),
        *("sanction", "party_sanction", "decision_no", "basis", "lighter", "effective_on", "case_key", "mailbox"),
    )
    AT_REST = Sealed.AT_REST | {"receipt", "letter_box", "letters"}

    source = models.CharField(max_length=12)
    subject_unit = models.CharField(max_length=12)
    told = models.TextField(blank=True, default="")
    filing_no = models.CharField(max_length=300, blank=True, default="")
    filed_with = models.CharField(max_length=300, blank=True, default="")
    mode = models.CharField(max_length=8, blank=True, default="")
    way = models.CharField(max_length=10, blank=True, default="")
    by_date = models.DateField(null=True)
    established = models.TextField(blank=True, default="")
    sanction = models.CharField(max_length=16, blank=True, default="")
    party_sanction = models.CharField(max_length=16, blank=True, default="")
    decision_no = models.CharField(max_length=300, blank=True, default="")
    basis = models.TextField(blank=True, default="")
    lighter = models.CharField(max_length=12, blank=True, default="")
    effective_on = models.DateField(null=True)
    case_key = models.CharField(max_length=300, blank=True, default="")
    mailbox = models.JSONField(default=list)
    receipt = models.CharField(max_length=64, blank=True, default="", db_index=True)  # the hash of the reporter's code
    letter_box = models.CharField(max_length=64, blank=True, default="")
    letters = models.JSONField(default=list)  # closed for the holder of the code

    objects = SealedRecords.as_manager()

    class Meta(Record.Meta):
        abstract = False

    @property
    def period_end(self) -> date | None:
        """The day on which the law's period of the sanction (or the party probation, if longer) is over."""
        months = max(PERIOD_MONTHS.get(self.sanction, 0), PROBATION_MONTHS.get(self.party_sanction, 0))
        return add_months(self.effective_on, months) if self.effective_on and months else None

    def places(self) -> set[str]:
        """The unit concerned; the compartment's own is above it."""
        return {self.subject_unit} - {self.compartment}

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """As every sealed record; a message is also put into the box of the holder of the code."""
        super().take(step, facts, actor, at)
        if step.name in ("answer", "say_more"):
            by = OFFICE if step.name == "answer" else REPORTER
            letter = {"by": by, "on": timezone.localdate(at).isoformat(), "text": facts["message"]}
            self.letters = [*self.letters, mailbox.put(self.letter_box, letter)]
            self.mailbox = [*self.mailbox, letter] if self.is_open else self.mailbox

    def _take_in(self, given: dict[str, Any]) -> None:
        """What the reporter added while nobody read."""
        super()._take_in(given)
        if given["step"] == "say_more":
            facts = given["facts"]
            self.mailbox = [*self.mailbox, {"by": REPORTER, "on": facts["said_on"], "text": facts["message"]}]
