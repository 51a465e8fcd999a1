"""The ledger's open side: append one entry, and read what a subject has been through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.ledger.canonical import canonical
from guanjian.ledger.models import Entry


def append(
    stream: str,
    event: str,
    subject: str,
    actor: str,
    body: Mapping[str, Any],
    *,
    record_hash: str = "",
    at: datetime | None = None,
) -> Entry:
    """Put one entry in line, in the caller's transaction: one insert and no chaining. The sequencer seals it later."""
    for name, value in (("stream", stream), ("event", event), ("subject", subject), ("actor", actor)):
        if "\x00" in value or len(value) > Entry._meta.get_field(name).max_length:
            raise BadInput(f"账本的 {name} 过长或含空字符。", f"The ledger's {name} is too long or holds a NUL.")
    return Entry.objects.create(
        stream=stream,
        at=at or timezone.now(),
        event=event,
        subject=subject,
        actor=actor,
        body=canonical(body),
        record_hash=record_hash,
    )


def entries_of(subject: str) -> QuerySet[Entry]:
    """Everything that happened to a subject, in order; what is not sealed yet says so (`is_sealed`)."""
    return Entry.objects.filter(subject=subject).order_by("id")


def unsealed() -> QuerySet[Entry]:
    """What still waits for the sequencer, in order."""
    return Entry.objects.filter(sealed_index__isnull=True).order_by("id")
