"""Which records belong to the same chain? Those that one was opened from, and those opened from it."""

from __future__ import annotations

from django.apps import apps

from guanjian.moving.record import Record
from guanjian.org.actor import Actor


def beside(record: Record, actor: Actor) -> list[Record]:
    """The matter before this one and the matters after it, in any loop, as far as this person may see them."""
    loop, _, number = record.origin.partition("/")
    found: list[Record] = []
    for model in apps.get_models():
        if issubclass(model, Record):
            seen = model.objects.visible_to(actor)
            found += seen.filter(pk=int(number)) if model.FLOW.name == loop else []
            found += seen.filter(origin=record.key)
    return found
