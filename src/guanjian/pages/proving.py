"""The proof of one entry of a record, as the file that `guanjian ledger check` verifies on any machine."""

from __future__ import annotations

import json

from guanjian.kernel.errors import NotFound
from guanjian.ledger.models import Entry
from guanjian.ledger.proving import proof
from guanjian.moving.record import Record


def proof_text(record: Record, entry_id: int) -> str:
    """The document as text; an entry of another record is not found here."""
    entry = Entry.objects.filter(pk=entry_id, subject=record.key).first()
    if entry is None:
        raise NotFound("本件没有这一条留痕。", "This record has no such entry.")
    return json.dumps(proof(entry), ensure_ascii=False, indent=1)
