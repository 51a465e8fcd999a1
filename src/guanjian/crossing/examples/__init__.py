"""What does each loop look like when people have worked in it? One worked example of each, taken by the demonstration's cast."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from guanjian.crossing.examples import (
    answers,
    chain,
    classing,
    disputes,
    governance,
    inside,
    leading,
    measuring,
    orders,
    responsibility,
    spreading,
    staff,
    together,
    watches,
)
from guanjian.crossing.examples.place import somewhere
from guanjian.kernel.words import Text
from guanjian.ledger.models import Entry
from guanjian.moving.verbs import note
from guanjian.org.actor import SYSTEM

EVENT = "examples.played"
EXAMPLES = (
    chain,
    orders,
    together,
    answers,
    disputes,
    inside,
    governance,
    measuring,
    spreading,
    responsibility,
    staff,
    classing,
    leading,
    watches,
)


@transaction.atomic
def play(say: Callable[[Text], None]) -> None:
    """Play all of them, once; one that fails leaves none behind."""
    if Entry.objects.filter(event=EVENT).exists():
        return
    say(Text("各环节各办一件示例", "Working one example of every loop"))
    place = somewhere()
    for example in EXAMPLES:
        example.play(place)
    note(EVENT, f"unit/{place.house}", SYSTEM, {})
