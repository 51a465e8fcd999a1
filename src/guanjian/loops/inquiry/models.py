"""An inquiry: what set it off, who handled the goods before, what was assessed, and what came of the clue."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from guanjian.loops.inquiry.flow import FLOW
from guanjian.moving.record import Record
from guanjian.moving.sealed import Sealed
from guanjian.moving.sealed_rows import SealedRecords
from guanjian.org.recusal import served_in


class Inquiry(Sealed):
    """One double inquiry. It lies in the unit of its compartment; whose unit it is about is sealed with the rest."""

    FLOW = FLOW
    SEALED_FIELDS = (
        *("case_key", "subject_unit", "enterprises", "acts_from", "acts_until", "triggers", "evidence"),
        *("look_back_total", "looked_from", "looked_until", "look_back_note", "exposure", "risk", "risk_reasons"),
        *("team", "officers", "suspicion", "way", "mode", "handle_until", "result", "result_said", "analysis"),
        *("rectify_key", "handled"),
    )

    case_mark = models.CharField(max_length=64, blank=True, default="", db_index=True)  # which case, without saying it
    rectify_mark = models.CharField(max_length=64, blank=True, default="", db_index=True)
    case_key = models.CharField(max_length=60, blank=True, default="")
    subject_unit = models.CharField(max_length=12)
    enterprises = models.JSONField(default=list)
    acts_from = models.DateField(null=True)
    acts_until = models.DateField(null=True)
    triggers = models.JSONField(default=list)
    evidence = models.JSONField(default=list)
    look_back_total = models.IntegerField(null=True)
    looked_from = models.DateField(null=True)
    looked_until = models.DateField(null=True)
    look_back_note = models.CharField(max_length=300, blank=True, default="")
    exposure = models.JSONField(default=list)  # units and posts, no names
    risk = models.CharField(max_length=8, blank=True, default="")
    risk_reasons = models.TextField(blank=True, default="")
    team = models.JSONField(default=list)
    officers = models.JSONField(default=list)
    suspicion = models.TextField(blank=True, default="")
    way = models.CharField(max_length=10, blank=True, default="")
    mode = models.CharField(max_length=8, blank=True, default="")
    handle_until = models.DateField(null=True)
    result = models.CharField(max_length=12, blank=True, default="")
    result_said = models.TextField(blank=True, default="")
    handled = models.JSONField(default=list)  # what came of each officer's matter
    analysis = models.TextField(blank=True, default="")
    rectify_key = models.CharField(max_length=60, blank=True, default="")

    objects = SealedRecords.as_manager()

    class Meta(Record.Meta):
        abstract = False

    def concerns(self) -> set[str]:
        """Whoever is named takes no step, and is struck off the list."""
        return super().concerns() | (set(self.officers) if self._who is None else set())

    def parties(self) -> set[str]:
        """The officers and the enterprises: whoever is tied to one stands aside."""
        return super().parties() | set(self.officers) | set(self.enterprises)

    def places(self) -> set[str]:
        """The unit of the case and the units that handled it before; the compartment's own is above them."""
        return {self.subject_unit, *(row["unit"] for row in self.exposure)} - {self.compartment}

    def began(self) -> date:
        """As far back as was looked."""
        return self.looked_from or self.acts_from or timezone.localdate(self.opened_at)

    def _take_in(self, given: dict[str, Any]) -> None:
        """What the system dropped in: triggers that came later are added to those that were there."""
        before = self.triggers, self.evidence
        super()._take_in(given)
        if given["step"] == "add_triggers":
            self.triggers = list(dict.fromkeys([*before[0], *given["facts"]["triggers"]]))
            self.evidence = list(dict.fromkeys([*before[1], *given["facts"]["evidence"]]))
        if given["step"] == "note_result":
            told = given["facts"]
            self.handled = [*self.handled, {"key": told["handled_key"], "result": told["handled_result"]}]

    def served_there(self, people: Collection[str]) -> set[str]:
        """Those of these people who served in one of the units since then."""
        return {one for one in people for unit in self.places() if served_in(one, unit, self.began())}
