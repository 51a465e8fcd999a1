"""Personal data in an entry: only a salted hash goes into the tree, so that lawful deletion does not break it.

The salt stays outside the tree, beside the datum: whoever deletes both leaves a hash that says nothing any more.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from typing import Any

from guanjian.ledger.canonical import canonical

Sealed = dict[str, dict[str, str]]


def sealed_facts(facts: Mapping[str, Any]) -> Sealed:
    """For each fact a fresh salt (to be kept beside the fact) and its hash (to be put into the entry)."""
    made = {}
    for name, value in facts.items():
        salt = secrets.token_hex(16)
        made[name] = {"salt": salt, "hash": _hash(salt, value)}
    return made


def hashes_of(sealed: Sealed) -> dict[str, str]:
    """What may go into an entry's body: the hashes without their salts."""
    return {name: part["hash"] for name, part in sealed.items()}


def fits(value: Any, salt: str, hash: str) -> bool:
    """True if this is the fact that was sealed."""
    return hmac.compare_digest(_hash(salt, value), hash)


def _hash(salt: str, value: Any) -> str:
    return hmac.new(bytes.fromhex(salt), canonical(value).encode(), "sha256").hexdigest()
