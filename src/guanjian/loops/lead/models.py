"""The lead's own columns, and who may see one: its list, never the person, and nobody once it is sealed."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from guanjian.loops.lead.flow import FLOW, S
from guanjian.moving.found import Found
from guanjian.moving.record import Records
from guanjian.org.actor import Actor


def _concerning(person_id: str) -> Q:
    return Q(subject_id=person_id) | Q(subject_id__startswith=f"{person_id}|")


class LeadRecords(Records):
    """Reads of the compartment."""

    def visible_to(self, actor: Actor) -> Self:
        """What its list may see, without what concerns the reader himself and without what is sealed."""
        return super().visible_to(actor).exclude(_concerning(actor.person_id)).exclude(state=S.SEALED)

    def put_to(self, actor: Actor) -> Self:
        """The questions that wait for this person's own reply."""
        return self.filter(_concerning(actor.person_id), state=S.ASKED)


class Lead(Found):
    """One lead about a person. It lies in the unit of its compartment; whose unit it is about is its own column."""

    FLOW = FLOW

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
