"""The lead's own columns, and who may see one: its list, never the person, and nobody once it is sealed."""

from __future__ import annotations

from typing import Self

from django.db import models

from guanjian.loops.lead.flow import FLOW, S
from guanjian.moving.found import Found
from guanjian.moving.sealed import Sealed
from guanjian.moving.sealed_rows import SealedRecords
from guanjian.org.actor import Actor


class LeadRecords(SealedRecords):
    """Reads of the compartment."""

    def visible_to(self, actor: Actor) -> Self:
        """What its list may see (whom it concerns is never on it), without what was refuted and sealed."""
        return super().visible_to(actor).exclude(state=S.SEALED)

    def put_to(self, actor: Actor) -> Self:
        """The questions that wait for this person's own reply."""
        return self.heard_by(actor).filter(state=S.ASKED)


class Lead(Sealed, Found):
    """One lead about a person. It lies in the unit of its compartment; whose unit it is about is its own column."""

    FLOW = FLOW
    ASKS = "question"
    SEALED_FIELDS = (
        *("subject_unit", "question", "verdict", "explanation", "evidence", "line_code", "period"),
        *("score", "p_value", "q_value", "run_id", "dataset"),
    )

    subject_unit = models.CharField(max_length=12)
    question = models.TextField(blank=True, default="")
    review_on = models.DateField(null=True)

    objects = LeadRecords.as_manager()

    class Meta(Found.Meta):
        abstract = False

    @property
    def sealed(self) -> bool:
        """True once a refutation was countersigned: only the ledger's hashes remain to be seen."""
        return self.state == S.SEALED
