"""Reading and changing a record behind the flow's back, sealed or not: what a test prepares."""

from __future__ import annotations

from guanjian.moving.record import Record
from guanjian.moving.sealed import Sealed
from guanjian.org.actor import Actor
from tests.days import kept

MEMBER = Actor("someone", "someone")  # on every list of compartment 2200 in these tests


def whole(model: type[Record], pk: int) -> Record:
    """The record with its content, a sealed one as a member of its list reads it."""
    return model.objects.get(pk=pk).open_for(MEMBER)


def rewrite(record: Record, **changes) -> None:
    """Change columns without a step; what is sealed is opened, changed and closed again."""
    model, changes = type(record), kept(changes)
    hidden = set(model.sealed_fields()) & set(changes) if issubclass(model, Sealed) else set()
    model.objects.filter(pk=record.pk).update(**{name: changes[name] for name in set(changes) - hidden})
    if hidden:
        opened = whole(model, record.pk)
        for name in hidden:
            setattr(opened, name, changes[name])
        opened.store()
