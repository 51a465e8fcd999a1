"""The loops' records against their last entries: a step's entry carries the hash of the record as it left it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import batched

from django.db.models import F, Max, Window

from guanjian.ledger.breaches import Breach, Field, Report
from guanjian.ledger.models import Entry

Records = Callable[[], Iterable[tuple[str, str, int]]]  # (subject, hash of the record as it is now, version)
CHUNK = 500


def check_records(name: str, records: Records, report: Report) -> None:
    """Compare each record with the newest entry of its subject that carries a hash, and the other way round."""
    seen: set[int] = set()  # 8 bytes a subject, not its text
    for chunk in batched(records(), CHUNK):
        newest = _newest([subject for subject, _, _ in chunk])
        for subject, now, version in chunk:
            report.records += 1
            seen.add(hash(subject))
            _compare(report, subject, (now, version), newest.get(subject))
    for entry in _last_of_each(name):
        if hash(entry.subject) not in seen:
            report.add(_breach(entry, Field.NO_RECORD))


def _compare(report: Report, subject: str, now: tuple[str, int], entry: Entry | None) -> None:
    if entry is None:
        report.add(Breach("", Field.NO_ENTRY, subject=subject, detail=f"v{now[1]}"))
    elif entry.record_hash != now[0]:
        report.add(_breach(entry, Field.CHANGED, f"v{now[1]}"))


def _breach(entry: Entry, field: Field, detail: str = "") -> Breach:
    return Breach(entry.stream, field, entry.sealed_index, None, entry.id, entry.subject, detail)


def _with_hash():
    return Entry.objects.exclude(record_hash="").only("id", "stream", "subject", "record_hash", "sealed_index")


def _newest(subjects: list[str]) -> dict[str, Entry]:
    last = Entry.objects.exclude(record_hash="").filter(subject__in=subjects).order_by().values("subject")
    ids = last.annotate(last=Max("id")).values("last")
    return {entry.subject: entry for entry in _with_hash().filter(id__in=ids)}


def _last_of_each(name: str) -> Iterator[Entry]:
    newest = Window(Max("id"), partition_by=F("subject"))
    rows = _with_hash().filter(event__startswith=f"{name}.").annotate(newest=newest).filter(id=F("newest"))
    return rows.order_by("id").iterator()
