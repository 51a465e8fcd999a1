"""Proofs from the rows: each is a document that `guanjian ledger check` verifies on any machine, without this one."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from guanjian.kernel.errors import NotFound
from guanjian.ledger import custody, offline
from guanjian.ledger.canonical import instant
from guanjian.ledger.checkpoint import read
from guanjian.ledger.leaves import Content
from guanjian.ledger.models import Checkpoint, Entry, Stream
from guanjian.ledger.proofs import consistency_proof, inclusion_proof
from guanjian.ledger.reading import sealed_entries
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


def proofs_of(subject: str) -> Iterator[dict]:
    """The proof of every sealed entry of a subject, in order; `NotFound` if there is none."""
    found = Entry.objects.filter(subject=subject, sealed_index__isnull=False).order_by("id")
    if not found.exists():
        raise NotFound(f"“{subject}”没有已封存的条目。", f"There is no sealed entry of “{subject}”.")
    return map(proof, found)


def growth(older: str) -> dict:
    """That a stream only grew since a checkpoint that somebody kept: its text, the newest one, and the path."""
    kept = read(older)
    stream = kept.origin.rpartition("/")[2]
    tiles, signed = Tiles(stream), newest_checkpoint(stream)
    path = consistency_proof(tiles.hash, tiles, kept.head.size, signed.size)
    return {
        "kind": offline.GROWTH,
        "older": older,
        "path": [base64.b64encode(part).decode() for part in path],
        "checkpoint": signed.text,
        "key": str(custody.verifier(stream)),
    }


def exported(stream: str) -> Iterator[dict]:
    """A whole stream: first what was signed, then every entry up to that size, in order."""
    signed = newest_checkpoint(stream)
    yield {"kind": offline.EXPORT, "checkpoint": signed.text, "key": str(custody.verifier(stream))}
    for entry in sealed_entries(stream):
        if entry.index < signed.size:
            yield entry.content._asdict()


def streams() -> list[str]:
    """The names of all streams, headquarters first."""
    return list(Stream.objects.order_by("name").values_list("name", flat=True))


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
