"""Which lines of business hang under which? A tree of nodes, or a DAG: a node may have several parents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from guanjian.kernel.errors import BadInput


@dataclass(frozen=True)
class Tree:
    """`names` of all nodes; `parents` of each as indices. Cases may sit on any node, not on leaves alone."""

    names: tuple[str, ...]
    parents: tuple[tuple[int, ...], ...]
    branch: tuple[np.ndarray, ...] = field(init=False, repr=False)
    start: np.ndarray = field(init=False, repr=False)  # where each branch begins in `members`
    members: np.ndarray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        branches = self._branches()
        object.__setattr__(self, "branch", tuple(branches))
        object.__setattr__(self, "start", np.cumsum([0, *map(len, branches)]).astype(np.int64))
        object.__setattr__(self, "members", np.concatenate(branches) if branches else np.zeros(0, np.int32))

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Tree:
        """From (node, parent) pairs; an empty parent makes a root; a node may appear with several parents."""
        above: dict[str, dict[str, None]] = {}
        for node, parent in pairs:
            above.setdefault(node, {})
            if parent:
                above[node][parent] = None
                above.setdefault(parent, {})
        place = {name: i for i, name in enumerate(above)}
        return cls(tuple(above), tuple(tuple(place[p] for p in ps) for ps in above.values()))

    @classmethod
    def flat(cls, names: Iterable[str]) -> Tree:
        """Nodes that hang under nothing."""
        given = tuple(names)
        return cls(given, ((),) * len(given))

    @property
    def level(self) -> np.ndarray:
        """1 for a root, else one more than the deepest parent."""
        depth = np.zeros(len(self.names), int)
        for i in self._downwards():
            depth[i] = 1 + max((depth[p] for p in self.parents[i]), default=0)
        return depth

    def index(self, name: str) -> int:
        """Where a node stands; unknown names are refused."""
        if name not in self.names:
            raise BadInput(f"树中没有节点 {name}。", f"The tree has no node {name}.")
        return self.names.index(name)

    def _downwards(self) -> list[int]:
        """Parents before children; a circle is refused by the names on it."""
        left = {i: set(ps) for i, ps in enumerate(self.parents)}
        order: list[int] = []
        below: dict[int, list[int]] = {}
        for i, ps in left.items():
            for p in ps:
                below.setdefault(p, []).append(i)
        ready = [i for i, ps in left.items() if not ps]
        while ready:
            order.append(i := ready.pop())
            for child in below.get(i, ()):
                left[child].discard(i)
                if not left[child]:
                    ready.append(child)
        if len(order) < len(left):
            names = "、".join(self.names[i] for i, ps in left.items() if ps)[:200]
            raise BadInput(f"树中有环：{names}。", f"The tree runs in a circle: {names}.")
        return order

    def _branches(self) -> list[np.ndarray]:
        """Every node with all that hangs under it, each counted once however many ways lead there."""
        below: list[set[int]] = [{i} for i in range(len(self.names))]
        for i in reversed(self._downwards()):
            for p in self.parents[i]:
                below[p] |= below[i]
        return [np.array(sorted(b), np.int32) for b in below]
