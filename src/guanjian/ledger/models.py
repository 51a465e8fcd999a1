"""The ledger's tables: entries in their place, the head of each stream, the upper nodes of its tree, its checkpoints."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

UNSEALED = Q(sealed_index__isnull=True, leaf__isnull=True, chain__isnull=True)
SEALED = Q(sealed_index__isnull=False, leaf__isnull=False, chain__isnull=False)


class Entry(models.Model):
    """What happened, once. The last three columns are set once, by the sequencer; nothing else ever changes."""

    id = models.BigAutoField(primary_key=True)  # the place in line
    stream = models.CharField(max_length=16)
    at = models.DateTimeField()
    event = models.CharField(max_length=64)
    subject = models.CharField(max_length=200)
    actor = models.CharField(max_length=64)
    body = models.TextField()  # canonical JSON
    record_hash = models.CharField(max_length=128, blank=True, default="")
    sealed_index = models.BigIntegerField(null=True)
    leaf = models.BinaryField(null=True)
    chain = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "sealed_index"], name="ledger_entry_one_per_index"),
            models.CheckConstraint(condition=UNSEALED | SEALED, name="ledger_entry_sealed_whole"),
        ]
        indexes = [
            models.Index(fields=["stream", "id"], condition=Q(sealed_index__isnull=True), name="ledger_entry_unsealed"),
            models.Index(fields=["subject", "id"], name="ledger_entry_subject"),
            models.Index(fields=["actor", "at"], name="ledger_entry_actor"),  # what one person did in a period
        ]

    def __str__(self) -> str:
        return f"{self.stream}/{self.sealed_index if self.is_sealed else '…'} {self.event} {self.subject}"

    @property
    def is_sealed(self) -> bool:
        """False while the entry still waits for the sequencer."""
        return self.sealed_index is not None


class Stream(models.Model):
    """The head of one stream: how far it is sealed, and what is needed to append to its tree."""

    name = models.CharField(max_length=16, primary_key=True)
    hash_name = models.CharField(max_length=16)
    size = models.BigIntegerField(default=0)
    batches = models.BigIntegerField(default=0)
    chain = models.BinaryField()
    peaks = models.BinaryField(default=b"")  # the roots of the complete subtrees, largest first

    def __str__(self) -> str:
        return f"{self.name} ({self.size})"


class Node(models.Model):
    """The root of a complete subtree of 256, 65,536, … leaves: a proof reads a few short ranges of these."""

    id = models.BigAutoField(primary_key=True)
    stream = models.CharField(max_length=16)
    tier = models.SmallIntegerField()  # 1: 256 leaves, 2: 65,536 leaves, …
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "tier", "index"], name="ledger_node_once")]

    def __str__(self) -> str:
        return f"{self.stream} {self.tier}:{self.index}"


class Checkpoint(models.Model):
    """A signed statement of a stream's size and root, as it was given out."""

    id = models.BigAutoField(primary_key=True)
    stream = models.CharField(max_length=16)
    size = models.BigIntegerField()
    root = models.BinaryField()
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "size"], name="ledger_checkpoint_once")]

    def __str__(self) -> str:
        return f"{self.stream} {self.size}"
