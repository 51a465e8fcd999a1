"""Headquarters' tree over the streams' heads: one root for the whole administration, noted into headquarters' stream.

A district that is rewound together with its own checkpoints still disagrees with what headquarters noted of it.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from guanjian.ledger.canonical import canonical
from guanjian.ledger.leaves import Content
from guanjian.ledger.merkle import SHA256, Head, root_of
from guanjian.ledger.models import Checkpoint, Entry, Stream
from guanjian.ledger.rows import append

STREAM = "0000"
EVENT = "ledger.heads"


def heads() -> dict[str, Any]:
    """Every district's newest size and root, and the root over them: the body of the note."""
    names = Stream.objects.exclude(name=STREAM).order_by("name").values_list("name", flat=True)
    newest = [Checkpoint.objects.filter(stream=name).order_by("-size").first() for name in names]
    found = [
        {"stream": one.stream, "size": one.size, "root": base64.b64encode(bytes(one.root)).decode()}
        for one in newest
        if one is not None
    ]
    root = root_of(SHA256, (SHA256.leaf(canonical(head).encode()) for head in found))
    return {"heads": found, "root": base64.b64encode(root).decode()}


def note_heads(actor: str = "ledger") -> Entry | None:
    """Note the heads into headquarters' stream; None when nothing moved since they were last noted."""
    body = heads()
    last = Entry.objects.filter(subject="heads", stream=STREAM, event=EVENT).order_by("-id").first()
    if not body["heads"] or (last is not None and json.loads(last.body) == body):
        return None
    return append(STREAM, EVENT, "heads", actor, body)


def noted(content: Content) -> dict[str, Head]:
    """The heads that an entry of headquarters' stream holds; nothing for any other entry."""
    if content.stream != STREAM or content.event != EVENT:
        return {}
    try:
        body = json.loads(content.body)
        return {head["stream"]: Head(head["size"], base64.b64decode(head["root"])) for head in body["heads"]}
    except (ValueError, KeyError, TypeError):
        return {}  # a changed entry: its own breach is reported where it stands
