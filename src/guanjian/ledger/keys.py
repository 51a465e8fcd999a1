"""The key that signs checkpoints: made at first use, in a file that only its owner may read."""

from __future__ import annotations

import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from guanjian.kernel.errors import BadInput
from guanjian.ledger.note import Verifier

FILE = "ledger-ed25519.pem"
PUBLIC_FILE = "ledger.pub"


def private_key(folder: Path, name: str) -> Ed25519PrivateKey:
    """The installation's key, made if there is none yet; its public half is written beside it for others to take."""
    path = folder / FILE
    if not path.exists():
        _make(path)
    found = _loaded(path, path.stat().st_mtime_ns)
    public = folder / PUBLIC_FILE
    if not public.exists():
        public.write_text(f"{Verifier(name, found.public_key().public_bytes_raw())}\n")
    return found


@cache
def _loaded(path: Path, changed_ns: int) -> Ed25519PrivateKey:
    found = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(found, Ed25519PrivateKey):
        raise BadInput(f"{path} 不是 Ed25519 密钥。", f"{path} is not an Ed25519 key.")
    return found


def _make(path: Path) -> None:
    """Written aside and linked into place: of two processes that start together one wins, and both read the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(aside, path)
    except FileExistsError:
        return
    finally:
        aside.unlink()
