"""Proofs at scale: complete subtrees read in tiles of 256 hashes, so that a proof over a million entries reads three."""

from __future__ import annotations

from guanjian.kernel.errors import BrokenLedger, NotFound
from guanjian.ledger.merkle import hasher, root_of
from guanjian.ledger.models import Entry, Node, Stream
from guanjian.ledger.sequencer import TIER

WIDTH = 1 << TIER


class Tiles:
    """The complete subtrees of one stream: call with (height, index)."""

    def __init__(self, stream: str) -> None:
        head = Stream.objects.filter(name=stream).first()
        if head is None:
            raise NotFound(f"账本没有“{stream}”这一列。", f"The ledger has no stream “{stream}”.")
        self.stream = stream
        self.hash = hasher(head.hash_name)
        self._read: dict[tuple[int, int], dict[int, bytes]] = {}

    def __call__(self, height: int, index: int) -> bytes:
        tier, rest = divmod(height, TIER)
        first = index << rest
        tile = self._tile(tier, first // WIDTH)
        wanted = range(first, first + (1 << rest))
        if any(place not in tile for place in wanted):
            raise BrokenLedger(
                f"账本“{self.stream}”缺少节点（层 {tier}，位置 {first}）。",
                f"The ledger's stream “{self.stream}” lacks a node (tier {tier}, from {first}).",
            )
        return root_of(self.hash, (tile[place] for place in wanted))

    def _tile(self, tier: int, block: int) -> dict[int, bytes]:
        key = (tier, block)
        if key not in self._read:
            places = (block * WIDTH, block * WIDTH + WIDTH - 1)
            if tier == 0:
                rows = Entry.objects.filter(stream=self.stream, sealed_index__range=places)
                found = rows.values_list("sealed_index", "leaf")
            else:
                rows = Node.objects.filter(stream=self.stream, tier=tier, index__range=places)
                found = rows.values_list("index", "hash")
            self._read[key] = {place: bytes(hash) for place, hash in found}
        return self._read[key]
