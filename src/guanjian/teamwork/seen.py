"""Which records does this person see now? Asked anew at every reading, so that nothing outlives the right to see it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import BigIntegerField, CharField, Value
from django.db.models.functions import Cast

from guanjian.kernel.errors import NotFound
from guanjian.kernel.words import Text
from guanjian.moving.record import Record
from guanjian.org.actor import Actor

Place = tuple[str, int]  # loop and number
NO_SUCH = ("没有这一件，或不在您的可见范围内。", "There is no such record, or it is not within your reach.")


@dataclass(frozen=True)
class Matter:
    """What a message is about where that is no record: its name, what kind of thing it is, how it stands, its page."""

    title: Text
    of: Text
    state: Text
    address: str


ELSEWHERE: dict[str, Callable[[Collection[int], Actor], dict[int, Matter]]] = {}  # who knows them, filled by wiring


def loops() -> dict[str, type[Record]]:
    """Every loop by its name."""
    return {model.FLOW.name: model for model in apps.get_models() if issubclass(model, Record)}


def place_of(record: Record) -> dict[str, str | int]:
    """Where a row beside this record stands."""
    return {"loop": record.flow.name, "number": record.pk}


def sees(record: Record, actor: Actor) -> bool:
    """True when this person may see the record now."""
    return type(record).objects.visible_to(actor).filter(pk=record.pk).exists()


def must_see(record: Record, actor: Actor) -> None:
    """`NotFound`, alike for what is not there and for what is not his to see."""
    if not sees(record, actor):
        raise NotFound(*NO_SUCH)


def visible(places: Iterable[Place], actor: Actor) -> set[Place]:
    """Of these records those that this person may see now: one query, however many loops and records."""
    known, pieces = loops(), []
    for loop, numbers in by_loop(places).items():
        if loop in known:
            rows = known[loop].objects.visible_to(actor).filter(pk__in=numbers).order_by()
            marked = rows.annotate(of=Value(loop, CharField()), no=Cast("pk", BigIntegerField()))
            pieces.append(marked.values_list("of", "no"))
    return set(pieces[0].union(*pieces[1:], all=True)) if pieces else set()


def read(places: Iterable[Place], actor: Actor) -> dict[Place, Record]:
    """The records themselves, as far as this person may see them: one query to a loop."""
    known = loops()
    return {
        (loop, pk): record
        for loop, numbers in by_loop(places).items()
        if loop in known
        for pk, record in known[loop].objects.visible_to(actor).in_bulk(list(numbers)).items()
    }


def elsewhere(places: Iterable[Place], actor: Actor) -> dict[Place, Matter]:
    """What is no record of a loop, as far as this person may see it now."""
    asked = {name: numbers for name, numbers in by_loop(places).items() if name in ELSEWHERE}
    return {
        (name, number): matter
        for name, numbers in asked.items()
        for number, matter in ELSEWHERE[name](numbers, actor).items()
    }


def by_loop(places: Iterable[Place]) -> dict[str, set[int]]:
    """The numbers of each loop."""
    found: dict[str, set[int]] = {}
    for loop, number in places:
        found.setdefault(loop, set()).add(number)
    return found
