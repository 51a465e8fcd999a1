"""Checkpoints (C2SP tlog-checkpoint): one stream's size and root as a signed note that others can keep.

guanjian/2200
1024
<root, base64>
hash sha256
time 2026-11-21T08:00:00.000000Z

— guanjian/2200 <key id and signature, base64>
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guanjian.kernel.errors import BadInput
from guanjian.ledger import note
from guanjian.ledger.canonical import instant
from guanjian.ledger.merkle import Head

SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Statement:
    """What a checkpoint says."""

    origin: str
    head: Head
    hash_name: str
    time: str

    def text(self) -> str:
        """The lines that are signed."""
        root = base64.b64encode(self.head.root).decode()
        return f"{self.origin}\n{self.head.size}\n{root}\nhash {self.hash_name}\ntime {self.time}\n"


def signed(origin: str, head: Head, hash_name: str, at: datetime, key: Ed25519PrivateKey) -> str:
    """A new checkpoint, signed in the name of its stream."""
    return note.sign(Statement(origin, head, hash_name, instant(at)).text(), key, origin)


def read(text: str) -> Statement:
    """What the text says, without looking at the signature; `BadInput` if it is no checkpoint."""
    try:
        origin, size, root, *more = text.split("\n\n")[0].splitlines()
        extra = dict(line.split(" ", 1) for line in more)
        if origin and SIZE.fullmatch(size):
            head = Head(int(size), base64.b64decode(root, validate=True))
            return Statement(origin, head, extra.get("hash", "sha256"), extra.get("time", ""))
    except (ValueError, binascii.Error):
        pass
    raise BadInput("这不是检查点文本。", "This is not the text of a checkpoint.")


def opened(text: str, verifier: note.Verifier) -> Statement:
    """What the checkpoint says if the key signed it; `BrokenLedger` otherwise."""
    origin = read(text).origin
    return read(note.opened(text, verifier.named(origin)))
