"""Photos and tracks as files beside the database: named by their SHA-256, type checked, size limited."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from guanjian.kernel.errors import BadInput

LARGEST_BYTES = 12 * 1024 * 1024
TYPES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
WEBP, TRACK = "image/webp", "application/json"


def path_of(digest: str) -> Path:
    """Where the file of this hash lies."""
    return settings.GUANJIAN_HOME / "evidence" / digest[:2] / digest


def type_of(content: bytes) -> str:
    """The type that the first bytes tell; empty for what is no photo."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    return next((name for head, name in TYPES.items() if content.startswith(head)), "")


def keep(digest: str, content: bytes) -> None:
    """Write the file once; `BadInput` when it is not what its hash says. A crash leaves no half of it under its name."""
    if len(content) > LARGEST_BYTES:
        raise BadInput("文件超过12 MB，请压缩后再传。", "The file is larger than 12 MB.")
    if hashlib.sha256(content).hexdigest() != digest:
        raise BadInput("文件与登记的SHA-256不符，未保存。", "The file is not the one whose hash was signed: not kept.")
    _write(path_of(digest), content)


def photo(content: bytes) -> bytes:
    """The content, if it is a photo."""
    if not type_of(content):
        raise BadInput("只接收JPEG、PNG或WebP照片。", "Photos are JPEG, PNG or WebP.")
    return content


def points(content: bytes) -> list[dict[str, Any]]:
    """The points of a track: time, longitude, latitude."""
    try:
        read = [{"at": one["at"], "lon": float(one["lon"]), "lat": float(one["lat"])} for one in json.loads(content)]
        if any(datetime.fromisoformat(one["at"]).tzinfo is None for one in read):
            raise ValueError("a time without a zone")
    except (ValueError, KeyError, TypeError) as problem:
        raise BadInput("轨迹文件无法读取。", "The track cannot be read.") from problem
    return read


def seal(digest: str) -> bool:
    """Lock a track away: encrypted beside its name, the readable file gone. True when there was one to lock."""
    path = path_of(digest)
    if not path.exists():
        return False
    nonce = secrets.token_bytes(12)
    _write(path.with_suffix(".sealed"), nonce + AESGCM(_key()).encrypt(nonce, path.read_bytes(), digest.encode()))
    path.unlink()
    return True


def _key() -> bytes:
    """The key of sealed tracks: made at first use, readable by the office's owner only, used by no page."""
    path = settings.GUANJIAN_HOME / "tracks.key"
    if not path.exists():
        _write(path, AESGCM.generate_key(256))
    return path.read_bytes()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
