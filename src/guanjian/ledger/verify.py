"""Does everything still agree? Every entry, link, root and signature, and the loops' records; the report names the place."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from django.db import connection

from guanjian.kernel.errors import BadInput, BrokenLedger
from guanjian.ledger import checkpoint, custody, guards, headquarters
from guanjian.ledger.breaches import Breach, Field, Report
from guanjian.ledger.chain import genesis
from guanjian.ledger.merkle import hasher
from guanjian.ledger.models import Checkpoint, Entry, Stream
from guanjian.ledger.reading import CHUNK, one_moment, sealed_entries
from guanjian.ledger.records import Records, check_records
from guanjian.ledger.walk import Claim, Walk

Progress = Callable[[int, int], None]
Claims = dict[str, list[Claim]]

_records: dict[str, Records] = {}


def register(name: str, iterator_of: Records) -> None:
    """Let the records of a loop be compared: `iterator_of()` gives (subject, hash of the record now, version).

    The entries of the loop are those whose event begins with `name` and a dot.
    """
    _records[name] = iterator_of


def verify(progress: Progress | None = None, against: Iterable[str] = ()) -> Report:
    """Read the whole ledger at one moment. `against`: texts of checkpoints that somebody kept elsewhere."""
    report = Report()
    with one_moment():
        for name in guards.missing(connection):
            report.add(Breach("", Field.GUARD, detail=name))
        report.unsealed = Entry.objects.filter(sealed_index__isnull=True).count()
        total = Entry.objects.count() - report.unsealed
        claims = _kept(against, report)
        for stream in _streams(claims):
            _walk(stream, claims, report, _counting(progress, total, report))
        for name, records in _records.items():
            check_records(name, records, report)
    return report


def _counting(progress: Progress | None, total: int, report: Report) -> Callable[[], None]:
    def count() -> None:
        if progress and report.sealed % CHUNK == 0:
            progress(report.sealed, total)

    return count


def _streams(claims: Claims) -> list[str]:
    """Every name that any table knows, headquarters first: what it noted of the others is then known."""
    names = set(claims) | set(Stream.objects.values_list("name", flat=True))
    for model in (Entry.objects.filter(sealed_index__isnull=False), Checkpoint.objects):
        names |= set(model.order_by().values_list("stream", flat=True).distinct())
    return sorted(names, key=lambda name: (name != headquarters.STREAM, name))


def _walk(stream: str, claims: Claims, report: Report, count: Callable[[], None]) -> None:
    report.streams += 1
    signed = _signed(stream, report)
    walk = Walk(_head(stream, report), heapq.merge(signed, sorted(claims.get(stream, []))), report)
    for entry in sealed_entries(stream):
        walk.take(entry)
        for name, head in headquarters.noted(entry.content).items():
            claims[name].append(Claim(*head, f"headquarters #{entry.index}"))
        count()
    walk.finish()


def _head(stream: str, report: Report) -> Stream:
    """The stream's row; if it is gone, what its newest checkpoint says, and a breach."""
    head = Stream.objects.filter(name=stream).first()
    if head is None:
        report.add(Breach(stream, Field.HEAD))
        newest = Checkpoint.objects.filter(stream=stream).order_by("-size").first()
        hash = hasher(checkpoint.read(newest.text).hash_name) if newest else custody.new_stream_hash()
        head = Stream(name=stream, hash_name=hash.name, size=newest.size if newest else 0, chain=genesis(hash))
    return head


def _signed(stream: str, report: Report) -> Iterator[Claim]:
    """What the stream's own checkpoints claim, by size; those that do not stand are reported."""
    key = custody.verifier(stream)
    for row in Checkpoint.objects.filter(stream=stream).order_by("size").iterator():
        report.checkpoints += 1
        try:
            said = checkpoint.opened(row.text, key)
        except (BrokenLedger, BadInput):
            report.add(Breach(stream, Field.SIGNATURE, detail=f"size {row.size}"))
            continue
        if (said.origin, *said.head) != (key.name, row.size, bytes(row.root)):
            report.add(Breach(stream, Field.CHECKPOINT, detail=f"size {row.size}"))
            continue
        yield Claim(*said.head, f"checkpoint {row.size}")


def _kept(texts: Iterable[str], report: Report) -> Claims:
    """The claims of checkpoints kept elsewhere, by stream; one that this installation never signed is a breach."""
    claims: Claims = defaultdict(list)
    for text in texts:
        stream = checkpoint.read(text).origin.rpartition("/")[2]
        try:
            said = checkpoint.opened(text, custody.verifier(stream))
        except BrokenLedger:
            report.add(Breach(stream, Field.SIGNATURE, detail="kept elsewhere"))
        else:
            claims[stream].append(Claim(*said.head, "kept elsewhere"))
    return claims
