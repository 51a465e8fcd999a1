"""The sequencer: gives each waiting entry its place in its stream's tree and chain, in batches, and signs the result.

One sequencer works on a stream at a time: a batch begins by writing the stream's row, which locks it on PostgreSQL and
takes the write lock on SQLite. A batch is one transaction: seals, nodes, head and checkpoint come together or not at
all, so a sequencer killed at any moment leaves its entries waiting, whole.

Places in line are taken when an entry is inserted, but on PostgreSQL a later place may be committed first. The index
in the tree therefore follows the order in which entries become visible: a batch takes what is committed now, by place,
and an entry that appears later is sealed later, whatever its place. Two entries of one subject cannot change order,
because the second is written only after the first was committed.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import F
from django.utils import timezone

from guanjian.kernel.errors import Stale
from guanjian.ledger import checkpoint, custody
from guanjian.ledger.chain import genesis, link
from guanjian.ledger.leaves import Content, leaf_data
from guanjian.ledger.merkle import Frontier, hasher
from guanjian.ledger.models import Checkpoint, Entry, Node, Stream
from guanjian.ledger.reading import waiting_contents

log = logging.getLogger(__name__)

BATCH = 1000
TIER = 8  # a node is kept for every 2^8 leaves, 2^16, …

WRITE_SQLITE = "UPDATE ledger_entry SET sealed_index = %s, leaf = %s, chain = %s WHERE id = %s AND sealed_index IS NULL"
WRITE_POSTGRESQL = """
UPDATE ledger_entry AS entry SET sealed_index = seal.sealed_index, leaf = seal.leaf, chain = seal.chain
FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[], %s::bigint[]) AS seal (sealed_index, leaf, chain, id)
WHERE entry.id = seal.id AND entry.sealed_index IS NULL
"""


def seal_all(batch: int = BATCH) -> int:
    """Seal what waits in every stream; how many entries were sealed."""
    waiting = Entry.objects.filter(sealed_index__isnull=True).order_by().values_list("stream", flat=True).distinct()
    return sum(seal(stream, batch) for stream in sorted(waiting))


def seal(stream: str, batch: int = BATCH) -> int:
    """Seal what waits in one stream; how many entries were sealed."""
    hash = custody.new_stream_hash()
    Stream.objects.get_or_create(name=stream, defaults={"hash_name": hash.name, "chain": genesis(hash)})
    total = 0
    while count := _seal_batch(stream, batch):
        total += count
        if count < batch:
            break
    return total


def run(stop: threading.Event, every_seconds: float = 0.2) -> None:
    """Seal again and again until told to stop: the sequencer as a thread of the worker."""
    while not stop.wait(every_seconds):
        close_old_connections()
        try:
            seal_all()
        except (DatabaseError, Stale):
            log.warning("sealing failed and is tried again", exc_info=True)
    connection.close()


@dataclass
class _Batch:
    """What one batch will write."""

    stream: str
    tree: Frontier
    link: bytes
    seals: list[tuple[int, bytes, bytes, int]] = field(default_factory=list)  # index, leaf, link, id
    nodes: list[Node] = field(default_factory=list)

    def take(self, content: Content) -> None:
        """Put one entry at the end of tree and chain."""
        hash = self.tree.hash
        leaf = hash.leaf(leaf_data(content))
        self.link = link(hash, self.link, leaf)
        self.seals.append((self.tree.size, leaf, self.link, content.id))
        finished = self.tree.append(leaf)
        for height in range(TIER, len(finished), TIER):
            index = (self.tree.size >> height) - 1
            self.nodes.append(Node(stream=self.stream, tier=height // TIER, index=index, hash=finished[height]))


def _seal_batch(stream: str, limit: int) -> int:
    with transaction.atomic():
        Stream.objects.filter(name=stream).update(batches=F("batches") + 1)  # first a write: this is the lock
        head = Stream.objects.get(name=stream)
        contents = waiting_contents(stream, limit)
        if not contents:
            return 0
        batch = _Batch(stream, frontier_of(head), bytes(head.chain))
        for content in contents:
            batch.take(content)
        _write_seals(batch.seals)
        Node.objects.bulk_create(batch.nodes)
        _write_head(batch)
    return len(contents)


def frontier_of(head: Stream) -> Frontier:
    """The right edge of a stream's tree as its head keeps it."""
    hash = hasher(head.hash_name)
    peaks = bytes(head.peaks)
    return Frontier(hash, head.size, [peaks[at : at + hash.size] for at in range(0, len(peaks), hash.size)])


def _write_seals(seals: list[tuple[int, bytes, bytes, int]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(WRITE_SQLITE, seals)
        else:
            cursor.execute(WRITE_POSTGRESQL, [list(column) for column in zip(*seals, strict=True)])
        if cursor.rowcount != len(seals):
            raise Stale("封存时条目已被改动，请重试。", "Entries changed while they were being sealed; try again.")


def _write_head(batch: _Batch) -> None:
    tree, now = batch.tree, timezone.now()
    Stream.objects.filter(name=batch.stream).update(size=tree.size, chain=batch.link, peaks=b"".join(tree.peaks))
    text = checkpoint.signed(custody.origin(batch.stream), tree.head, tree.hash.name, now, custody.signing_key())
    Checkpoint.objects.create(stream=batch.stream, size=tree.size, root=tree.root(), text=text, at=now)
