"""A letter box for somebody whom nobody knows: his receipt code opens it, and only he has the code."""

from __future__ import annotations

import hashlib
import json
import secrets

from django.conf import settings

from guanjian.kernel.envelopes.box import WrongKey, padded
from guanjian.kernel.envelopes.wrap import derived, public_of, unwrapped, wrapped
from guanjian.org.keyring import raw, text

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # read aloud without mistakes
LENGTH = 24  # 120 bits: nobody guesses one
GROUP = 4
BOX = b"guanjian mailbox"


def new_code() -> str:
    """A receipt code, in groups."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(drawn[n : n + GROUP] for n in range(0, LENGTH, GROUP))


def plain(code: str) -> str:
    """The code as it was drawn, however it was typed: O is read as 0, I and L as 1."""
    kept = "".join(letter for letter in code.upper() if letter.isalnum())
    return kept.translate(str.maketrans("OIL", "011"))


def receipt_of(code: str) -> str:
    """What is kept of a code: its hash."""
    return hashlib.sha256(b"guanjian receipt\n" + plain(code).encode()).hexdigest()


def box_of(code: str) -> str:
    """Where letters for the holder of the code are put: anybody puts in, only he takes out."""
    return text(public_of(_private(code)))


def put(box: str, letter: dict[str, str]) -> str:
    """A letter closed for the holder of the code."""
    return text(wrapped(raw(box), padded(json.dumps(letter, ensure_ascii=False)), BOX, settings.GUANJIAN_CIPHER))


def taken_out(code: str, letters: list[str]) -> list[dict[str, str]]:
    """The letters that this code opens, in order."""
    try:
        return [json.loads(unwrapped(_private(code), raw(letter), BOX)) for letter in letters]
    except WrongKey:
        return []


def _private(code: str) -> bytes:
    return derived(plain(code).encode(), BOX)
