"""Who is the same hand behind two names? Enterprises tied by a phone, an address or a representative that few share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import ibis
import numpy as np
from ibis.expr.types import Table
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from guanjian.engine.tables import enterprises

if TYPE_CHECKING:
    from guanjian.engine.session import Session

NOISE = r"[\s,，.。、·#()（）_-]+"
TELLS = {"phone": 7, "address": 4, "legal_rep": 2}  # kinds of tie, and the fewest characters that say anything
SHOWN = {"phone": "电话", "address": "地址", "legal_rep": "法定代表人"}


@dataclass(frozen=True)
class Ties:
    """Enterprises (rows) and what ties them (columns); only what at least two and at most a few of them share."""

    names: np.ndarray
    keys: list[tuple[str, str]]
    has: sparse.csr_array

    @cached_property
    def near(self) -> sparse.csr_array:
        """Which enterprises share something, and how many things."""
        both = sparse.csr_array(self.has @ self.has.T)
        both.setdiag(0)
        both.eliminate_zeros()
        both.sort_indices()
        return both

    def groups(self) -> np.ndarray:
        """The group of each enterprise: everything that a chain of ties connects."""
        return connected_components(self.near, directed=False)[1] if self.names.size else np.empty(0, int)

    def steps_from(self, caught: np.ndarray, most: int) -> np.ndarray:
        """How many ties lie between each enterprise and the nearest of `caught` (a mask); most + 1 when more."""
        near, steps = self.near, np.where(caught, 0, most + 1)
        reached = caught
        for step in range(1, most + 1):
            reached = reached | (near @ reached.astype(float) > 0)
            steps = np.where(reached, np.minimum(steps, step), steps)
        return steps

    def shared(self, one: int, other: int) -> list[tuple[str, str]]:
        """What two enterprises have in common."""
        both = set(self._of(one)) & set(self._of(other))
        return [self.keys[key] for key in sorted(both)]

    def _of(self, enterprise: int) -> list[int]:
        return self.has.indices[self.has.indptr[enterprise] : self.has.indptr[enterprise + 1]].tolist()

    def path(self, start: int, steps: np.ndarray) -> list[int]:
        """From an enterprise to the nearest caught one, the first name among equals."""
        way, near = [start], self.near
        while steps[way[-1]] > 0:
            beside = near.indices[near.indptr[way[-1]] : near.indptr[way[-1] + 1]]
            closer = beside[steps[beside] == steps[way[-1]] - 1]
            way.append(int(closer.min()))
        return way


def ties(session: Session, most: int) -> Ties:
    """The ties of all enterprises; what more than `most` share (an agent's phone, a park's address) ties nobody."""
    kinds = ibis.union(*(_told(kind, least) for kind, least in TELLS.items()), distinct=True)
    many = kinds.mutate(sharing=kinds.count().over(group_by=["kind", "told"]))
    found = session.frame(many.filter(many.sharing >= 2, many.sharing <= most))
    names, row = np.unique(found["enterprise_id"].to_numpy(str), return_inverse=True)
    labels = list(zip(found["kind"], found["told"], strict=True))
    keys = sorted(set(labels))
    number = {key: place for place, key in enumerate(keys)}
    column = np.array([number[label] for label in labels], int)
    has = sparse.csr_array((np.ones(row.size), (row, column)), shape=(names.size, len(keys)))
    return Ties(names, keys, has)


def _told(kind: str, least: int) -> Table:
    """One kind of tie as everybody writes it: without blanks and punctuation; of a phone the last eleven digits."""
    given = enterprises[kind].re_replace(r"[^0-9]" if kind == "phone" else NOISE, "")
    told = (given.right(11) if kind == "phone" else given).lower()
    rows = enterprises.select("enterprise_id", kind=ibis.literal(kind), told=told)
    return rows.filter(rows.told.length() >= least)


def said(key: tuple[str, str]) -> str:
    """A tie in words: 电话 0215551."""
    return f"{SHOWN[key[0]]} {key[1]}"
