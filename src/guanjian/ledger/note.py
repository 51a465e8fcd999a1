"""Signed notes (C2SP signed-note): a text, an empty line, and Ed25519 signatures that anyone can verify offline.

A key is known to others as `name+<4-byte id in hex>+<base64 of 0x01 and the public key>`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from guanjian.kernel.errors import BadInput, BrokenLedger

ED25519 = b"\x01"
DASH = "— "


@dataclass(frozen=True)
class Verifier:
    """The public half of a named key."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature says whose it is."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> Verifier:
        """The key written as `name+id+base64`; `BadInput` if it does not fit together."""
        try:
            name, key_id, encoded = text.strip().split("+", 2)
            key = base64.b64decode(encoded, validate=True)
            found = cls(name, key[1:])
            if name and key[:1] == ED25519 and len(key) == 33 and found.key_id.hex() == key_id:
                return found
        except (ValueError, binascii.Error):
            pass
        raise BadInput(
            "公钥应写作“名称+编号+base64”。", "A key is written name+id+base64; this one does not fit together."
        )

    def named(self, name: str) -> Verifier:
        """The same key under another name: each stream's checkpoints are signed in the stream's name."""
        return Verifier(name, self.public)

    def signed(self, text: str, signature: bytes) -> bool:
        """True if this key made this signature."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode("utf-8", "surrogateescape"))
        except InvalidSignature:
            return False
        return True


def sign(text: str, key: Ed25519PrivateKey, name: str) -> str:
    """The text as a note signed in this name; the text ends with a newline and has no empty line."""
    verifier = Verifier(name, key.public_key().public_bytes_raw())
    signature = base64.b64encode(verifier.key_id + key.sign(text.encode())).decode()
    return f"{text}\n{DASH}{name} {signature}\n"


def opened(note: str, verifier: Verifier) -> str:
    """The text of the note if this key signed it; `BrokenLedger` otherwise. Other keys' signatures are passed over."""
    text, _, lines = note.rpartition("\n\n")
    for line in lines.splitlines():
        name, _, encoded = line.removeprefix(DASH).partition(" ")
        if not line.startswith(DASH) or name != verifier.name:
            continue
        try:
            raw = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            continue
        if raw[:4] == verifier.key_id and verifier.signed(text + "\n", raw[4:]):
            return text + "\n"
    raise BrokenLedger(
        "检查点签名无效，或不是本密钥所签。", "The checkpoint's signature is not valid, or not by this key."
    )
