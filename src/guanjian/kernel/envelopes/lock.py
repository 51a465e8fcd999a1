"""A lock: a private key closed under a password. scrypt makes each guess cost memory and time; the cost stands in the lock."""

from __future__ import annotations

import os

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from guanjian.kernel.envelopes.box import AES, KEY, WrongKey, closed, opened

SALT = 16
R, P = 8, 1
COST = 15  # N = 2 ** COST: 32 MiB a guess


def stretched(password: bytes, salt: bytes, cost: int, *, r: int = R, p: int = P, length: int = KEY) -> bytes:
    """scrypt (RFC 7914)."""
    return Scrypt(salt=salt, length=length, n=1 << cost, r=r, p=p).derive(password)


def locked(private: bytes, password: str, bound: bytes, cost: int = COST, cipher: str = AES) -> bytes:
    """The private key under this password."""
    salt = os.urandom(SALT)
    return bytes([cost]) + salt + closed(stretched(password.encode(), salt, cost), private, bound, cipher)


def unlocked(lock: bytes, password: str, bound: bytes) -> bytes:
    """The private key; `WrongKey` for another password."""
    if len(lock) <= 1 + SALT or not 1 <= lock[0] <= 24:
        raise WrongKey("no lock")
    return opened(stretched(password.encode(), lock[1 : 1 + SALT], lock[0]), lock[1 + SALT :], bound)
