"""Which records does the ledger's verification compare? Those of every loop: none can be left out by forgetting it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.apps import apps

from guanjian.ledger.verify import register
from guanjian.moving.record import Record


def seals(model: type[Record]) -> Iterator[tuple[str, str, int]]:
    """Every record of a loop, sealed compartments too: its key, its hash as it is now, its version."""
    for record in model._base_manager.order_by("pk").iterator(chunk_size=500):
        yield record.key, record.as_left(), record.version


def register_records() -> None:
    """Hand every loop's records to the verification."""
    for model in apps.get_models():
        if issubclass(model, Record):
            register(model.FLOW.name, partial(seals, model))
