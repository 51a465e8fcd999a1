"""A box: authenticated encryption whose first byte names the cipher, so that another may follow without a conversion."""

from __future__ import annotations

import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY = 32  # bytes of every key; SM4 takes the first sixteen
NONCE, TAG = 12, 16
STEP = 512  # a text is filled up to a multiple of this: the length of a box tells little
AES, SM4 = "aes256gcm", "sm4gcm"
NUMBERS = {AES: 1, SM4: 2}


class WrongKey(ValueError):
    """This key does not open it, or it was changed, or it belongs elsewhere: the three are never told apart."""


class _Sm4:
    """SM4-GCM with the interface of AESGCM."""

    def __init__(self, key: bytes) -> None:
        self.key = key[:16]

    def encrypt(self, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        cipher = Cipher(algorithms.SM4(self.key), modes.GCM(nonce)).encryptor()
        cipher.authenticate_additional_data(bound)
        return cipher.update(plain) + cipher.finalize() + cipher.tag

    def decrypt(self, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        cipher = Cipher(algorithms.SM4(self.key), modes.GCM(nonce, sealed[-TAG:])).decryptor()
        cipher.authenticate_additional_data(bound)
        return cipher.update(sealed[:-TAG]) + cipher.finalize()


CIPHERS: dict[int, Any] = {1: AESGCM, 2: _Sm4}


def closed(key: bytes, plain: bytes, bound: bytes, cipher: str = AES) -> bytes:
    """The box; `bound` says where it belongs and is needed again to open it."""
    nonce = os.urandom(NONCE)
    return bytes([NUMBERS[cipher]]) + nonce + CIPHERS[NUMBERS[cipher]](key).encrypt(nonce, plain, bound)


def opened(key: bytes, box: bytes, bound: bytes) -> bytes:
    """What lies in the box; `WrongKey` for another key, another place, or a changed byte."""
    if len(box) < 1 + NONCE + TAG or box[0] not in CIPHERS:
        raise WrongKey("no box")
    try:
        return CIPHERS[box[0]](key).decrypt(box[1 : 1 + NONCE], box[1 + NONCE :], bound)
    except InvalidTag:
        raise WrongKey("does not open") from None


def padded(text: str) -> bytes:
    """The text in UTF-8, filled with blanks: for JSON they mean nothing."""
    plain = text.encode()
    return plain + b" " * (-len(plain) % STEP)
