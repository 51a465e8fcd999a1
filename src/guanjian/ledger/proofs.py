"""Proofs of the tree: that a leaf is in it, that it only grew; made from complete subtrees, verified by anyone.

Positions of complete subtrees are written (height, index): (0, 5) is the sixth leaf, (8, 1) the second block of 256.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guanjian.kernel.errors import BadInput
from guanjian.ledger.merkle import Hasher, Head

Subtree = Callable[[int, int], bytes]  # (height, index) → root of that complete subtree


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def range_root(hash: Hasher, subtree: Subtree, start: int, size: int) -> bytes:
    """The root over `size` leaves from `start`, where `start` is a multiple of a power of two not below `size`."""
    if size & (size - 1) == 0:
        height = size.bit_length() - 1
        return subtree(height, start >> height)
    left = _split(size)
    return hash.node(range_root(hash, subtree, start, left), range_root(hash, subtree, start + left, size - left))


def inclusion_proof(hash: Hasher, subtree: Subtree, index: int, size: int) -> list[bytes]:
    """The path from leaf `index` to the root of the first `size` leaves."""
    if not 0 <= index < size:
        raise BadInput(f"第 {index} 条不在大小为 {size} 的树里。", f"Leaf {index} is not in a tree of {size}.")
    path: list[bytes] = []
    start = 0
    while size > 1:
        left = _split(size)
        if index - start < left:
            path.append(range_root(hash, subtree, start + left, size - left))
            size = left
        else:
            path.append(range_root(hash, subtree, start, left))
            start, size = start + left, size - left
    return path[::-1]


def consistency_proof(hash: Hasher, subtree: Subtree, old: int, new: int) -> list[bytes]:
    """What shows that the first `old` leaves are still the same in the tree of `new`."""
    if not 0 < old <= new:
        raise BadInput(
            f"大小 {old} 与 {new} 之间没有一致性证明。", f"There is no consistency proof from {old} to {new}."
        )
    path: list[bytes] = []
    start, size, whole = 0, new, True
    while old - start < size:
        left = _split(size)
        if old - start <= left:
            path.append(range_root(hash, subtree, start + left, size - left))
            size = left
        else:
            path.append(range_root(hash, subtree, start, left))
            start, size, whole = start + left, size - left, False
    if not whole:
        path.append(range_root(hash, subtree, start, size))
    return path[::-1]


def includes(hash: Hasher, leaf: bytes, index: int, proof: Sequence[bytes], head: Head) -> bool:
    """True if the proof shows this leaf hash at this place under this head (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < head.size or any(len(part) != hash.size for part in (leaf, head.root, *proof)):
        return False
    place, last, root = index, head.size - 1, leaf
    for part in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            root = hash.node(part, root)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            root = hash.node(root, part)
        place, last = place >> 1, last >> 1
    return last == 0 and root == head.root


def continues(hash: Hasher, old: Head, new: Head, proof: Sequence[bytes]) -> bool:
    """True if the proof shows that `new` only added leaves to `old` (RFC 9162, 2.1.4.2); nothing continues size 0."""
    if not 0 < old.size <= new.size:
        return False
    if old.size == new.size:
        return not proof and old.root == new.root
    if not proof or any(len(part) != hash.size for part in (old.root, new.root, *proof)):
        return False
    path = list(proof) if old.size & (old.size - 1) else [old.root, *proof]
    return _walked(hash, path, old.size - 1, new.size - 1) == (old.root, new.root)


def _walked(hash: Hasher, path: list[bytes], place: int, last: int) -> tuple[bytes, bytes] | None:
    """Both roots that a consistency path leads to; None if it is too short or too long."""
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for part in path[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = hash.node(part, old), hash.node(part, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = hash.node(new, part)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None
