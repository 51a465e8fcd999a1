"""Not too often: counted in memory, by a keyed hash of the address that is forgotten with the process. Nothing is written."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections import deque
from time import monotonic

_SECRET = secrets.token_bytes(32)  # of this process only: the hashes mean nothing afterwards
WINDOW_SECONDS = 600


class Throttle:
    """At most so many in ten minutes, from one address and from all together."""

    def __init__(self, each: int, together: int) -> None:
        self._each, self._together = each, together
        self._came: deque[tuple[float, bytes]] = deque()
        self._lock = threading.Lock()

    def lets(self, address: str) -> bool:
        """True, and counted, unless there were too many."""
        who, now = hmac.digest(_SECRET, address.encode(), hashlib.sha256), monotonic()
        with self._lock:
            while self._came and self._came[0][0] <= now - WINDOW_SECONDS:
                self._came.popleft()
            mine = sum(one == who for _, one in self._came)
            if mine >= self._each or len(self._came) >= self._together:
                return False
            self._came.append((now, who))
            return True

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._came.clear()
