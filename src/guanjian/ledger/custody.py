"""In whose name this installation signs, and with which hash: the settings' side of the ledger."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from guanjian.ledger import keys
from guanjian.ledger.merkle import Hasher, hasher
from guanjian.ledger.note import Verifier


def log_name() -> str:
    """The name before the slash in every origin: GUANJIAN_LEDGER_NAME, else "guanjian"."""
    return getattr(settings, "GUANJIAN_LEDGER_NAME", "guanjian")


def origin(stream: str) -> str:
    """The name of a stream outside this installation."""
    return f"{log_name()}/{stream}"


def new_stream_hash() -> Hasher:
    """What a stream that begins now hashes with: GUANJIAN_LEDGER_HASH (sha256 or sm3); older streams keep theirs."""
    return hasher(getattr(settings, "GUANJIAN_LEDGER_HASH", "sha256"))


def signing_key() -> Ed25519PrivateKey:
    """The installation's key, made at first use."""
    return keys.private_key(settings.GUANJIAN_HOME / "keys", log_name())


def verifier(stream: str) -> Verifier:
    """The public key under the name of a stream: what others need to check its checkpoints."""
    return Verifier(origin(stream), signing_key().public_key().public_bytes_raw())
