"""What a device signed: one item follows the other, so that re-ordering, dropping and changing are seen on arrival.

A device makes a key of its own when the job is taken onto it; the server keeps the public part. Each item says in JSON
which job, which device, its number, the hash of the item before it, the device's time, what was done and the facts;
its text is signed (ECDSA P-256, SHA-256) as it stands. The first item points at the hash of the key itself.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA

DEVICE_LETTERS = 16
NOT_AN_ITEM = Text("设备条目无法读取，请重新下载作业。", "The device's item cannot be read: take the job anew.")
DEEDS = {
    "check_in": Text("签到", "Check in"),
    "photo": Text("拍照", "Photo"),
    "clip": Text("登记录像", "Clip"),
    "record": Text("查验记录", "Record"),
    "track": Text("轨迹", "Track"),
    "check_out": Text("签退", "Check out"),
}
Kept = Mapping[str, Any]  # one entry of a job's items as the office keeps it


@dataclass(frozen=True)
class Item:
    """One item as it was signed, read from its text."""

    job: str
    device: str
    number: int
    before: str
    at: datetime
    deed: str
    facts: dict[str, Any]
    digest: str


def read(text: str) -> Item:
    """The item of this text; `BadInput` for what is none."""
    try:
        said = json.loads(text)
        at = datetime.fromisoformat(said["at"])
        if at.tzinfo is None or said["do"] not in DEEDS or not isinstance(said["facts"], dict):
            raise ValueError(said)
        return Item(
            said["job"], said["device"], int(said["seq"]), said["prev"], at, said["do"], said["facts"], of(text)
        )
    except (ValueError, KeyError, TypeError) as problem:
        raise BadInput(NOT_AN_ITEM) from problem


def told(text: str) -> str:
    """An item for a reader: its number, what was done, when by the device, and the head of its hash."""
    item = read(text)
    return f"№{item.number} {DEEDS[item.deed]} {item.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S} · {item.digest[:12]}"


def of(text: str) -> str:
    """The hash that the next item points at."""
    return hashlib.sha256(text.encode()).hexdigest()


def key_of(encoded: str) -> bytes:
    """The public key's point, checked to lie on the curve; `BadInput` otherwise."""
    try:
        point = b64decode(encoded, validate=True)
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except ValueError as problem:
        raise BadInput("设备公钥无效。", "The device's public key is not valid.") from problem
    return point


def device_of(encoded: str) -> str:
    """The short name of a device: the head of its key's hash."""
    return hashlib.sha256(key_of(encoded)).hexdigest()[:DEVICE_LETTERS]


def bound(items: Sequence[Kept], device: str) -> Kept | None:
    """The entry with which this device was taken into the job."""
    return next((kept for kept in items if "key" in kept and device_of(kept["key"]) == device), None)


def of_device(items: Sequence[Kept], device: str) -> list[Kept]:
    """What this device has signed so far, in its order."""
    return [kept for kept in items if "item" in kept and read(kept["item"]).device == device]


def why_refused(job: str, items: Sequence[Kept], text: str, signature: str) -> Text | None:
    """Why this item is not the next one of a device of this job; None when it is."""
    item = read(text)
    own = bound(items, item.device)
    if item.job != job or own is None:
        return Text("该条目不属于本作业的设备，不予接收。", "This item is of no device of this job: it is refused.")
    if not _signed(key_of(own["key"]), text, signature):
        return Text("第{n}号条目签名不符，内容被改动过，不予接收。",
                    "The signature of item {n} does not fit: it was changed. It is refused.").filled(n=item.number)  # fmt: skip
    signed = of_device(items, item.device)
    if item.number != len(signed) + 1:
        return Text("应为第{n}号条目，收到第{m}号：顺序被打乱或有缺失，不予接收。",
                    "Item {n} is due and {m} came: the order is broken or one is missing. It is refused.").filled(
                        n=len(signed) + 1, m=item.number)  # fmt: skip
    before = of(signed[-1]["item"]) if signed else hashlib.sha256(key_of(own["key"])).hexdigest()
    if item.before != before:
        return Text(
            "第{n}号条目与前一号不衔接，不予接收。", "Item {n} does not follow the one before it: refused."
        ).filled(n=item.number)
    return None


def _signed(point: bytes, text: str, signature: str) -> bool:
    """True when the signature (r and s side by side, as browsers give it) is of this text and key."""
    try:
        raw = b64decode(signature, validate=True)
        pair = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
        key.verify(pair, text.encode(), ECDSA(SHA256()))
    except (ValueError, InvalidSignature):
        return False
    return True
