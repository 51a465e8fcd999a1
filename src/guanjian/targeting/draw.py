"""A draw that can be proved: the seed is fixed by its hash beforehand, and anyone can repeat it once the seed is told."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

import numpy as np

from guanjian.kernel.errors import BadInput

BITS = 53


@dataclass(frozen=True, slots=True)
class Draw:
    """The seed is secret until the list is closed; `pledge` is published before."""

    seed: str

    @classmethod
    def new(cls) -> Draw:
        """A seed that nobody can guess."""
        return cls(secrets.token_hex(32))

    @property
    def pledge(self) -> str:
        """SHA-256 of the seed: published before the draw, it leaves no choice of seed after."""
        return hashlib.sha256(self.seed.encode()).hexdigest()

    def numbers(self, purpose: str, entries: np.ndarray) -> np.ndarray:
        """A number in [0, 1) to each entry, by HMAC-SHA256 of the purpose and the entry."""
        start, key = f"{purpose}|".encode(), self.seed.encode()
        digests = b"".join(hmac.digest(key, start + entry.encode(), "sha256")[:8] for entry in entries.tolist())
        return (np.frombuffer(digests, ">u8") >> np.uint64(64 - BITS)).astype(np.float64) / (1 << BITS)

    def number(self, purpose: str) -> float:
        """One number in [0, 1)."""
        return float(self.numbers(purpose, np.array([""], object))[0])

    def held_to(self, pledge: str) -> Draw:
        """This draw, if it is the one that was pledged; `BadInput` otherwise."""
        if not hmac.compare_digest(self.pledge, pledge):
            raise BadInput("种子与事先公布的承诺值不符。", "The seed is not the one that was pledged.")
        return self
