"""The tree of RFC 6962 and RFC 9162: leaf H(0x00‖d), node H(0x01‖left‖right), and how it grows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from guanjian.kernel.errors import BadInput


@dataclass(frozen=True)
class Hasher:
    """The hash function of one tree."""

    name: str
    new: Callable

    def __call__(self, data: bytes) -> bytes:
        return self.new(data).digest()

    def leaf(self, data: bytes) -> bytes:
        """The hash of a leaf's data."""
        return self.new(b"\x00" + data).digest()

    def node(self, left: bytes, right: bytes) -> bytes:
        """The hash of two neighbours."""
        return self.new(b"\x01" + left + right).digest()

    @property
    def empty(self) -> bytes:
        """The root of the tree without leaves."""
        return self(b"")

    @property
    def size(self) -> int:
        """Bytes in one hash."""
        return len(self.empty)


SHA256 = Hasher("sha256", hashlib.sha256)
SM3 = Hasher("sm3", partial(hashlib.new, "sm3"))


def hasher(name: str) -> Hasher:
    """The hash function of this name."""
    for known in (SHA256, SM3):
        if known.name == name:
            return known
    raise BadInput(f"账本不认识散列算法“{name}”。", f"The ledger knows no hash “{name}”; use sha256 or sm3.")


class Head(NamedTuple):
    """A tree of some size, in one hash."""

    size: int
    root: bytes


@dataclass
class Frontier:
    """The right edge of a growing tree: `peaks` are the roots of its complete subtrees, largest first."""

    hash: Hasher
    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> list[bytes]:
        """Add one leaf; the complete subtrees that it finished, by height (the leaf itself first)."""
        finished = [leaf]
        place = self.size
        while place & 1:
            finished.append(self.hash.node(self.peaks.pop(), finished[-1]))
            place >>= 1
        self.peaks.append(finished[-1])
        self.size += 1
        return finished

    def root(self) -> bytes:
        """The root of everything appended so far."""
        if not self.peaks:
            return self.hash.empty
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = self.hash.node(peak, root)
        return root

    @property
    def head(self) -> Head:
        """Size and root together."""
        return Head(self.size, self.root())


def root_of(hash: Hasher, leaves: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes."""
    frontier = Frontier(hash)
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()
