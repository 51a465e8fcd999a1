"""How is a thing known again without keeping what it is? By a keyed hash, made slow: guessing it costs as a password does."""

from __future__ import annotations

import hashlib

from django.conf import settings

from guanjian.kernel.envelopes.lock import stretched


def blind(key: str) -> str:
    """The same mark for the same key in this installation. Who has the settings can test a guess: see decision 0010."""
    salt = hashlib.sha256(b"guanjian blind\n" + settings.SECRET_KEY.encode()).digest()
    return stretched(key.encode(), salt, settings.GUANJIAN_SCRYPT).hex()
