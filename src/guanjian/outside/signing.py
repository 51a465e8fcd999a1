"""How does a receiver know that it was us? Standard Webhooks: HMAC-SHA256 over number, second and body, under a key of its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from django.conf import settings

from guanjian.kernel.envelopes.box import closed, opened

PREFIX = "whsec_"
BYTES = 32


def new_secret() -> str:
    """A signing key as it is shown, once."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def _key() -> bytes:
    return hashlib.sha256(b"guanjian webhook\n" + settings.SECRET_KEY.encode()).digest()


def kept(secret: str, pk: int) -> str:
    """The signing key as the row holds it: without this installation's secret the row says nothing."""
    box = closed(_key(), secret.encode(), f"subscription/{pk}".encode(), settings.GUANJIAN_CIPHER)
    return base64.b64encode(box).decode()


def secret_of(box: str, pk: int) -> str:
    """The signing key again."""
    return opened(_key(), base64.b64decode(box), f"subscription/{pk}".encode()).decode()


def signature(secret: str, number: str, second: int, body: bytes) -> str:
    """What stands in `webhook-signature`."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    said = f"{number}.{second}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, said, "sha256")).decode()


def headers(secret: str, number: str, second: int, body: bytes) -> dict[str, str]:
    """The three headers of a delivery; a repeated one has the same number."""
    return {
        "content-type": "application/json",
        "webhook-id": number,
        "webhook-timestamp": str(second),
        "webhook-signature": signature(secret, number, second, body),
    }
