"""A wrap: a short secret closed for one person by the public key alone; only the private key opens it.

A fresh X25519 pair meets the person's key, HKDF-SHA256 makes the key of a box from what they share and from both public
keys. Nothing in a wrap says for whom it is.
"""

from __future__ import annotations

import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from guanjian.kernel.envelopes.box import AES, KEY, WrongKey, closed, opened

PUBLIC = 32
INFO = b"guanjian wrap 1"


def new_private() -> bytes:
    """A new private key, as its 32 bytes."""
    return os.urandom(KEY)


def public_of(private: bytes) -> bytes:
    """The public half of a private key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def derived(secret: bytes, info: bytes, length: int = KEY) -> bytes:
    """Another key made from a secret, for one purpose."""
    return HKDF(hashes.SHA256(), length, salt=None, info=info).derive(secret)


def wrapped(public: bytes, secret: bytes, bound: bytes, cipher: str = AES) -> bytes:
    """The secret closed for the holder of this public key."""
    fresh = X25519PrivateKey.generate()
    here = fresh.public_key().public_bytes_raw()
    shared = fresh.exchange(X25519PublicKey.from_public_bytes(public))
    return here + closed(_key(shared, here, public), secret, bound, cipher)


def unwrapped(private: bytes, wrap: bytes, bound: bytes) -> bytes:
    """The secret; `WrongKey` for anybody else."""
    own = X25519PrivateKey.from_private_bytes(private)
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(wrap[:PUBLIC]))
    except ValueError:
        raise WrongKey("no wrap") from None
    return opened(_key(shared, wrap[:PUBLIC], own.public_key().public_bytes_raw()), wrap[PUBLIC:], bound)


def _key(shared: bytes, fresh: bytes, public: bytes) -> bytes:
    return derived(shared, INFO + fresh + public)
