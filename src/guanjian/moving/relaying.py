"""Is what search finds what the records say? Laid anew from the records, and compared with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import batched

from django.db import connection, transaction

from guanjian.moving import word_table
from guanjian.moving.findable import beside, laid, may_be_found
from guanjian.moving.looking import models
from guanjian.moving.models import Findable
from guanjian.moving.record import Record

AT_ONCE = 2000


@transaction.atomic
def relay() -> int:
    """Lay the words of every record anew, the oldest first; returns of how many. Nobody steps meanwhile."""
    Findable.objects.all().delete()
    word_table.install(connection)
    count = 0
    for some in batched(_in_order(), AT_ONCE):
        count += len(Findable.objects.bulk_create(_rows([(loop, number) for _, loop, number in some])))
    word_table.refill(connection)
    return count


def relay_if_empty() -> int:
    """The first time for an office that has records from before there was a search."""
    return 0 if Findable.objects.exists() else relay()


def _in_order() -> list[tuple]:
    """When each record was opened, its loop and number: search gives the newest first."""
    every = (
        (at, name, number)
        for name, model in models().items()
        for at, number in model.objects.values_list("opened_at", "pk")
    )
    return sorted(every)


def _rows(keys: Sequence[tuple[str, int]]) -> list[Findable]:
    asked: dict[str, list[int]] = {}
    for loop, number in keys:
        asked.setdefault(loop, []).append(number)
    read = {loop: models()[loop].objects.in_bulk(numbers) for loop, numbers in asked.items()}
    records = [(loop, read[loop][number]) for loop, number in keys]
    told = beside(keys)
    kept = [(loop, one) for loop, one in records if may_be_found(one)]
    return [Findable(loop=loop, number=one.pk, **laid(one, told.get((loop, one.pk), ()))) for loop, one in kept]


def astray() -> Iterator[str]:
    """The keys of the records whose words are missing, stale, or should not be there, read row by row without the index."""
    known = set(models())
    for row in Findable.objects.exclude(loop__in=known).iterator():
        yield str(row)
    for name, model in models().items():
        yield from _astray(name, model)


def _astray(name: str, model: type[Record]) -> Iterator[str]:
    kept = {row.number: row for row in Findable.objects.filter(loop=name).iterator()}
    for some in batched(model.objects.iterator(), AT_ONCE):
        told = beside([(name, record.pk) for record in some])
        for record in some:
            row = kept.pop(record.pk, None)
            wanted = laid(record, told.get((name, record.pk), ())) if may_be_found(record) else None
            if wanted != (row and {column: getattr(row, column) for column in wanted or ("loop",)}):
                yield record.key
    yield from (str(row) for row in kept.values())
