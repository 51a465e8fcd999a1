"""Names become numbers: a key is 64 bits of a hash, the same in every process, 0 where the name is empty."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np

MIX = np.uint64(0x9E3779B97F4A7C15)
SHIFT = np.uint64(29)


def hashed(names: np.ndarray) -> np.ndarray:
    """The key of every name; each different name is hashed once."""
    given = names.tolist()
    known = {name: _key(name) for name in dict.fromkeys(given)}
    return np.fromiter(map(known.__getitem__, given), np.uint64, len(given))


def crossed(*parts: np.ndarray) -> np.ndarray:
    """The key of the combination; empty as soon as one part is."""
    mixed = np.zeros(len(parts[0]), np.uint64)
    whole = np.ones(len(parts[0]), bool)
    for part in parts:
        mixed = (mixed ^ part) * MIX
        mixed ^= mixed >> SHIFT
        whole &= part != 0
    return np.where(whole, mixed, np.uint64(0))


def _key(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little") if name else 0
