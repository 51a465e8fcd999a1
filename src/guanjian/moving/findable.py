"""What of a record may be found by its words? What every reader of it may read; of a sealed record, nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from guanjian.kernel.flow import Facts
from guanjian.kernel.needs import Need
from guanjian.kernel.papers import Subject, Verdict
from guanjian.kernel.segments import cut
from guanjian.moving.models import Findable
from guanjian.moving.record import Record
from guanjian.org.posts import Label

SHARED = frozenset(field.name for field in Record._meta.local_fields)
UNSAID = frozenset({"finding_key", "run_id", "dataset", "verdict", "state"})  # no words of anybody
SAID = frozenset({"title", "subject_id"})
PLAIN = ("line", "text", "many")
Place = tuple[str, int]  # loop and number
BESIDE: list[
    Callable[[Collection[Place]], dict[Place, list[str]]]
] = []  # who keeps texts beside records, filled by wiring


def may_be_found(record: Record) -> bool:
    """False for a compartment, and for what was refuted about a person: there no trace of it stays."""
    if record.label == Label.INTEGRITY or hasattr(record, "sealed_fields"):
        return False
    about_a_person = record.subject_type in (Subject.OFFICER, Subject.PAIR)
    return not (about_a_person and Verdict.REFUTED in (record.state, getattr(record, "verdict", "")))


def keep_findable(record: Record) -> None:
    """Lay the words of the record as it is now, in the transaction of its step; or take them away."""
    place = record.flow.name, record.pk
    own = dict(zip(("loop", "number"), place, strict=True))
    if not may_be_found(record):
        Findable.objects.filter(**own).delete()
        return
    now = laid(record, beside([place]).get(place, ()) if record.version > 1 else ())
    Findable.objects.update_or_create(**own, defaults=now, create_defaults={**own, **now})


def hold(record: Record) -> None:
    """Have a step on this record wait until what is written beside it now is done, and the other way round."""
    type(record).objects.select_for_update().filter(pk=record.pk).values_list("pk").first()


def keep_beside(record: Record) -> None:
    """Lay the words with what was just written beside the record; whoever writes holds it first."""
    if may_be_found(record):
        place, fresh = (record.flow.name, record.pk), type(record).objects.get(pk=record.pk)
        now = laid(fresh, beside([place]).get(place, ()))
        Findable.objects.filter(loop=place[0], number=place[1]).update(words=now["words"])


def beside(places: Collection[Place]) -> dict[Place, list[str]]:
    """What was written beside these records, for whoever reads them."""
    found: dict[Place, list[str]] = {}
    for texts in BESIDE:
        for place, said in texts(places).items():
            found.setdefault(place, []).extend(said)
    return found


def laid(record: Record, said_beside: Iterable[str] = ()) -> dict[str, Any]:
    """The columns of `Findable` for this record, with what was written beside it."""
    named = [record.title, record.key]
    place = {name: getattr(record, name) for name in ("unit_code", "house_code", "district_code")}
    return {
        "state": record.state,
        "closed": record.is_closed,
        **place,
        "opened_on": opened_on(record),
        "reach": " ".join(reach(record.flow.name, record.state, record.is_closed, place)),
        "title": cut(named),
        "words": cut([*named, *told(record), *said_beside]),
    }


def opened_on(record: Record) -> date:
    """The day in Beijing."""
    return timezone.localdate(record.opened_at)


def reach(loop: str, state: str, closed: bool, place: dict[str, str]) -> list[str]:
    """Loop, state and place as words of a form that no text gives a search."""
    words = [_word("l", loop), _word("s", f"{loop}{state}"), _word("e", "closed" if closed else "open")]
    return words + [_word(name[0], code) for name, code in place.items() if code]


def _word(kind: str, code: str) -> str:
    return kind + "".join(one for one in code.lower() if one.isascii() and one.isalnum())


def told(record: Record) -> list[str]:
    """The texts of a record beside its title, each once: its subject, its own columns, what was given at its steps."""
    kept = {name for needs in record.flow.protected.values() for name in needs} | getattr(
        record, "AT_REST", frozenset()
    )
    columns = [
        field
        for field in record._meta.concrete_fields
        if field.name in SAID or field.name not in SHARED | UNSAID | kept | {"id"}
    ]
    texts = [text for field in columns for text in _of_column(field, getattr(record, field.attname))]
    for step in record.flow.steps:
        texts += _of_facts([need for need in step.needs if not need.only], record.facts.get(step.name, {}))
    texts += _of_facts(record.flow.opening, {need.name: getattr(record, need.name, "") for need in record.flow.opening})
    return [text for text in dict.fromkeys(texts) if text != record.title]


def _of_column(field: models.Field, value: Any) -> Iterator[str]:
    if isinstance(value, str) and isinstance(field, (models.CharField, models.TextField)):
        yield from filter(None, [value])
    elif isinstance(value, list):
        yield from (one for one in value if isinstance(one, str) and one)


def _of_facts(needs: Iterable[Need], facts: Facts) -> Iterator[str]:
    for need in needs:
        yield from _of_fact(need, facts.get(need.name))


def _of_fact(need: Need, value: Any) -> Iterator[str]:
    if not value:
        return
    if need.choices is not None:
        values = value if isinstance(value, list) else [value]
        for stored, label in need.choices.choices():
            if stored in values:
                yield from (label.zh, label.en)
    elif need.kind == "rows":
        for row in value:
            yield from _of_facts([one for one in need.columns if not one.only], row)
    elif need.kind in PLAIN:
        yield from (str(one) for one in (value if isinstance(value, list) else [value]))
