"""Somebody with such posts asks: a stand-in for everybody who holds them, so that the text of a query is laid once for all.

To build the text of a query over all loops costs ten times what it costs to run it. It depends on the posts, their levels
and whether they stand in the police, not on who holds them where, nor on the moment: those are marks in the parameters,
and `told` says what each mark means for the one who asks now. What the marks bring back is a place in an order or a count;
every record that is shown is still read by `visible_to` for the person himself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from guanjian.kernel.flow import is_bureau
from guanjian.org.actor import Actor, Holding

ME = "@me@"
NOW = datetime(2999, 1, 1, tzinfo=UTC)  # no record is due on these days
DAY = timedelta(hours=24)
SOON = NOW + DAY
PLACES = ("unit_code", "house_code", "district_code", "acting_for")
FIRST = 0x4E00  # a post has one letter: the third letter of a code says whether it is of the police

Told = Mapping[Any, Any]


@dataclass(frozen=True)
class Kind:
    """Everybody with such posts, on one kind of database: what a kept text depends on."""

    actor: Actor
    vendor: str


def kind_of(actor: Actor) -> Kind:
    """The kind of this person: himself with marks for his name, his units and whom he stands in for."""
    held = tuple(_stand_in(number, held) for number, held in enumerate(actor.holdings))
    return Kind(Actor(ME, "", held), connection.vendor)


def told(actor: Actor) -> Told:
    """What the marks mean for this person now, also written as JSON."""
    now = timezone.now()
    adapt = connection.ops.adapt_datetimefield_value
    known = {ME: actor.person_id}
    for number, held in enumerate(actor.holdings):
        marked = _stand_in(number, held)
        known |= {getattr(marked, name): getattr(held, name) for name in PLACES}
    return (
        known
        | {json.dumps(mark): json.dumps(means) for mark, means in known.items()}
        | {adapt(NOW): adapt(now), adapt(SOON): adapt(now + DAY)}
    )


def filled(value: Any, known: Told) -> Any:
    """A parameter as it is asked: a mark gives way to what it means."""
    if isinstance(value, (str, datetime)):
        return known.get(value, value)
    if isinstance(getattr(value, "obj", None), str):  # JSON as PostgreSQL's driver takes it
        return type(value)(known.get(value.obj, value.obj))
    return value


def _stand_in(number: int, held: Holding) -> Holding:
    mark = f"@{chr(FIRST + number)}{'P' if is_bureau(held.unit_code) else '-'}"
    return replace(
        held,
        unit_code=f"{mark}u",
        house_code=held.house_code and f"{mark}h",
        district_code=held.district_code and f"{mark}d",
        acting_for=held.acting_for and f"{mark}a",
    )
