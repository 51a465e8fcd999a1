"""One stream walked from its first entry to its last: content, leaf, chain, place, nodes, and the root at each signed size.

Where the content disagrees but the chain still confirms the stored leaf, the walk goes on with that leaf, so that one
changed entry is one breach. Where an entry is missing, the tree cannot be rebuilt any further and the walk says so once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from guanjian.ledger.breaches import Breach, Field, Report
from guanjian.ledger.chain import genesis, link
from guanjian.ledger.leaves import leaf_data
from guanjian.ledger.merkle import Frontier, Head, hasher
from guanjian.ledger.models import Node, Stream
from guanjian.ledger.reading import Sealed
from guanjian.ledger.sequencer import TIER


class Claim(NamedTuple):
    """Somebody's statement that the stream had this root at this size."""

    size: int
    root: bytes
    source: str


class Walk:
    """The state of the walk; `take` each entry in order, then `finish`."""

    def __init__(self, head: Stream, claims: Iterable[Claim], report: Report) -> None:
        self.head, self.report = head, report
        self.hash = hasher(head.hash_name)
        self.tree = Frontier(self.hash)
        self.link: bytes | None = genesis(self.hash)  # None: unknown after a break
        self.next = 0
        self.whole = True  # False once an entry is missing: no root can be rebuilt
        self.agreed = 0  # the last size at which a claim held
        self.astray = False  # True once a claim did not hold: every later one fails with it
        self.claims = iter(claims)
        self.claim = next(self.claims, None)
        self.nodes: dict[int, Iterator[bytes]] = {}

    def take(self, entry: Sealed) -> None:
        """Judge one entry."""
        if not self._placed(entry):
            return
        leaf = self._leaf(entry)
        self.next += 1
        self.report.sealed += 1
        if self.whole:
            self._grow(leaf)
            self._meet_claims()

    def finish(self) -> None:
        """Judge the end: what is signed for but not there, and the head."""
        if self.next < self.head.size:
            self._breach(Field.MISSING, self.next, last=self.head.size - 1)
        elif self.whole and self.next == self.head.size:
            self._end()
        while self.claim is not None:
            if self.whole and self.claim.size > max(self.next, self.head.size):
                self._breach(Field.MISSING, self.next, last=self.claim.size - 1, detail=self.claim.source)
                break
            self.claim = next(self.claims, None)

    def _end(self) -> None:
        kept = (bytes(self.head.chain), bytes(self.head.peaks))
        if kept != (self.link or kept[0], b"".join(self.tree.peaks)):
            self._breach(Field.HEAD, None)

    def _placed(self, entry: Sealed) -> bool:
        if entry.index < self.next or entry.index >= self.head.size:
            self._breach(Field.EXTRA, entry.index, entry=entry)
            return False
        if entry.index > self.next:
            self._breach(Field.MISSING, self.next, last=entry.index - 1)
            self.next, self.whole, self.link = entry.index, False, None
        return True

    def _leaf(self, entry: Sealed) -> bytes:
        """The leaf that was sealed, as far as it can be known; what disagrees is reported."""
        computed = self.hash.leaf(leaf_data(entry.content))
        leaf = entry.leaf
        if computed == leaf:
            if not self._follows(leaf, entry):
                self._breach(Field.CHAIN, entry.index, entry=entry)
                self.link = None
                return leaf
        elif self.link is not None and self._follows(computed, entry):
            self._breach(Field.LEAF, entry.index, entry=entry)
            leaf = computed
        else:
            self._breach(Field.CONTENT, entry.index, entry=entry)
            if not self._follows(leaf, entry):
                self.link = None
                return leaf
        self.link = entry.chain
        return leaf

    def _follows(self, leaf: bytes, entry: Sealed) -> bool:
        return self.link is None or link(self.hash, self.link, leaf) == entry.chain

    def _grow(self, leaf: bytes) -> None:
        finished = self.tree.append(leaf)
        for height in range(TIER, len(finished), TIER):
            tier = height // TIER
            if tier not in self.nodes:
                rows = Node.objects.filter(stream=self.head.name, tier=tier).order_by("index")
                self.nodes[tier] = (bytes(kept) for kept in rows.values_list("hash", flat=True).iterator())
            if next(self.nodes[tier], b"") != finished[height]:
                first = self.next - (1 << height)
                self._breach(Field.NODE, first, last=self.next - 1, detail=f"tier {tier}")

    def _meet_claims(self) -> None:
        while self.claim is not None and self.claim.size <= self.next:
            if self.claim.size == self.next:
                self._judge(self.claim)
            self.claim = next(self.claims, None)

    def _judge(self, claim: Claim) -> None:
        if Head(claim.size, claim.root) == self.tree.head:
            self.agreed = claim.size
        elif not self.astray:
            self.astray = True
            first = self.agreed if self.agreed < claim.size else 0  # two statements about one size: a split view
            self._breach(Field.ROOT, first, last=claim.size - 1, detail=claim.source)

    def _breach(self, field: Field, index: int | None, *, last=None, entry: Sealed | None = None, detail="") -> None:
        self.report.add(
            Breach(
                self.head.name,
                field,
                index=index,
                last=last,
                entry_id=entry.content.id if entry else None,
                subject=entry.content.subject if entry else "",
                detail=detail,
            )
        )
