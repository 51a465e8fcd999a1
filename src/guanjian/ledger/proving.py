"""Proofs from the rows: each is a document that `guanjian ledger check` verifies on any machine, without this one."""

from __future__ import annotations

import base64

from guanjian.kernel.errors import NotFound
from guanjian.ledger import custody, offline
from guanjian.ledger.canonical import instant
from guanjian.ledger.checkpoint import read
from guanjian.ledger.leaves import Content
from guanjian.ledger.models import Checkpoint, Entry
from guanjian.ledger.proofs import consistency_proof, inclusion_proof
from guanjian.ledger.tiles import Tiles


def newest_checkpoint(stream: str) -> Checkpoint:
    """The last signed statement about a stream."""
    found = Checkpoint.objects.filter(stream=stream).order_by("-size").first()
    if found is None:
        raise NotFound(f"“{stream}”还没有检查点。", f"Stream “{stream}” has no checkpoint yet.")
    return found


def proof(entry: Entry) -> dict:
    """The entry with its path to the newest checkpoint: all that `guanjian ledger check` needs, on any machine."""
    if not entry.is_sealed:
        raise NotFound(
            "这一条还未封存，稍后再取证明。", "This entry is not sealed yet; ask for its proof a moment later."
        )
    tiles = Tiles(entry.stream)
    signed = newest_checkpoint(entry.stream)
    path = inclusion_proof(tiles.hash, tiles, entry.sealed_index, signed.size)
    return {
        "kind": offline.PROOF,
        "entry": content_of(entry)._asdict(),
        "index": entry.sealed_index,
        "path": [base64.b64encode(part).decode() for part in path],
        "checkpoint": signed.text,
        "key": str(custody.verifier(entry.stream)),
    }


def growth(stream: str, older: str) -> dict:
    """That the stream only grew since a checkpoint that somebody kept: its text, the newest one, and the path."""
    tiles, signed, kept = Tiles(stream), newest_checkpoint(stream), read(older)
    path = consistency_proof(tiles.hash, tiles, kept.head.size, signed.size)
    return {
        "kind": offline.GROWTH,
        "older": older,
        "path": [base64.b64encode(part).decode() for part in path],
        "checkpoint": signed.text,
        "key": str(custody.verifier(stream)),
    }


def content_of(entry: Entry) -> Content:
    """The columns that the entry's leaf covers."""
    return Content(
        entry.id,
        entry.stream,
        instant(entry.at),
        entry.event,
        entry.subject,
        entry.actor,
        entry.body,
        entry.record_hash,
    )
