"""Reading sealed records: only the rows of one's own lists leave the database, and they are opened as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django.db import models

from guanjian.moving.access import DROP, opened_by, wraps
from guanjian.moving.models import Disclosure, Kept, Wrap
from guanjian.moving.record import Records
from guanjian.org.actor import Actor
from guanjian.org.unlocked import key_of


class SealedRecords(Records):
    """Rows that are opened for the one who asked; without his key they come closed, with a title that says so."""

    _reader: Actor | None = None
    _hears = False

    def _clone(self) -> Self:
        copy = super()._clone()
        copy._reader, copy._hears = self._reader, self._hears
        return copy

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        super()._fetch_all()
        if fresh and self._reader is not None:
            rows = [row for row in self._result_cache if isinstance(row, models.Model)]
            (_hear if self._hears else _open)(rows, self._reader)

    def visible_to(self, actor: Actor) -> Self:
        """Of what the posts reach, the records on whose list this person's present key is."""
        mine = Wrap.objects.filter(loop=self.model.FLOW.name, kind=Kept.MEMBER, keypair__ended_at=None)
        mine = mine.filter(keypair__person__username=actor.person_id).values("number")
        seen = super().visible_to(actor).filter(pk__in=mine)
        seen._reader = actor
        return seen

    def about(self, subject_type: str, subject_id: str) -> Self:
        """The rows about one subject, as far as the reader's key tells."""
        wanted = (subject_type, subject_id)
        return self.filter(pk__in=[row.pk for row in self if row.subject() == wanted])

    def heard_by(self, actor: Actor) -> Self:
        """The records with a question that opens for this person: nothing in the row says for whom it is."""
        private = key_of(actor.person_id)
        rows = self.exclude(put="").values_list("pk", "put") if private else ()
        found = self.filter(pk__in=[pk for pk, put in rows if opened_by(private, put, DROP) is not None])
        found._reader, found._hears = actor, True
        return found


def _hear(rows: Sequence[Any], actor: Actor) -> None:
    if private := key_of(actor.person_id):
        for row in rows:
            row.hear(actor.person_id, private)


def _open(rows: Sequence[Any], actor: Actor) -> None:
    """Open all rows of a page with two queries, and withhold whom they are about where it was not disclosed."""
    if not rows:
        return
    loop, numbers, private = rows[0].flow.name, [row.pk for row in rows], key_of(actor.person_id)
    mine = wraps(loop, numbers, Kept.MEMBER, actor.person_id) if private else {}
    told = Disclosure.objects.filter(loop=loop, number__in=numbers, asked_by=actor.person_id, agreed=True)
    disclosed = set(told.values_list("number", flat=True)) if mine else set()
    for row in rows:
        if row.pk not in mine or not row.open_with(private, mine[row.pk].box):
            row.stay_closed()
        elif row.pk not in disclosed:
            row.withhold()
