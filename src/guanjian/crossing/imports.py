"""Importing: the batch goes into the lake, its receipt into the ledger, once; at start the two are reconciled."""

from __future__ import annotations

from guanjian.ingest.lake import Lake
from guanjian.ingest.manifest import Manifest
from guanjian.ledger.models import Entry
from guanjian.moving.verbs import note
from guanjian.org.actor import SYSTEM, Actor

EVENT = "batch.imported"


def note_batches(lake: Lake, actor: Actor = SYSTEM) -> list[str]:
    """Note every batch of the lake that the ledger does not know yet; returns the hashes noted.

    A batch is known by the hash of its content, so that a process killed between lake and ledger is made good here.
    """
    subjects = {f"batch/{manifest.batch}": manifest for manifest in lake.batches()}
    known = set(Entry.objects.filter(event=EVENT, subject__in=subjects).values_list("subject", flat=True))
    missing = [subject for subject in subjects if subject not in known]
    for subject in missing:
        note(EVENT, subject, actor, _receipt(lake, subjects[subject]))
    return missing


def lost_batches(lake: Lake) -> list[str]:
    """Batches that the ledger remembers and the lake no longer has: somebody removed facts."""
    there = {f"batch/{manifest.batch}" for manifest in lake.batches()}
    noted = Entry.objects.filter(event=EVENT, body__contains=f'"lake":"{lake.root.name}"').values_list(
        "subject", flat=True
    )
    return sorted(set(noted) - there)


def _receipt(lake: Lake, manifest: Manifest) -> dict:
    return {"lake": lake.root.name, "batch": manifest.batch, "receipt": manifest.receipt}
