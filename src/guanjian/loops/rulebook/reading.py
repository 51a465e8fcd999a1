"""Which rules bind me on this day, and what do they say? The one reading of the register that others use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from guanjian.loops.rulebook.flow import FLOW
from guanjian.loops.rulebook.models import Rulebook
from guanjian.loops.rulebook.versions import Said
from guanjian.org.actor import Actor, Holding
from guanjian.org.posts import Label, UnitLevel

HEADQUARTERS = "0000"
TITLE = re.compile("《([^》]+)》")
MOST = 100


@dataclass(frozen=True)
class Rule:
    """One rule as it reads on one day."""

    key: str
    number: str
    title: str
    unit_code: str
    form: str
    said: Said
    repealed_on: date | None


def binding(actor: Actor) -> QuerySet[Rulebook]:
    """The published rules that bind this person: of headquarters, of his district, of his house; HQ reads them all."""
    allowed = Q(pk__in=[])
    for held in actor.holdings:
        if held.post in FLOW.posts:
            allowed |= _binds(held)
    return Rulebook.objects.filter(allowed, label=Label.LIMITED).exclude(versions=[])


def _binds(held: Holding) -> Q:
    if held.level == UnitLevel.HQ:
        return Q(pk__isnull=False)  # an empty Q would add nothing to the others
    own = Q(district_code=held.district_code)
    if held.level != UnitLevel.DISTRICT:
        own &= Q(house_code__in=["", held.house_code])
    return Q(district_code=HEADQUARTERS) | own


def in_force(actor: Actor, day: date, words: str = "") -> list[Rule]:
    """The rules that bind this person on that day, in the order of their numbers; with these words in title or text."""
    found = binding(actor).order_by("number", "pk")
    return list(_said(found, day, words))[:MOST]


def _said(rows: QuerySet[Rulebook], day: date, words: str = "") -> Iterator[Rule]:
    for one in rows.iterator(chunk_size=200):
        said = one.said_on(day)
        if said and (not words or any(words in text for text in (one.title, one.number, said.text))):
            yield Rule(one.key, one.number, one.title, one.unit_code, one.form, said, one.repealed_on)


def rule_on(key: str, day: date) -> Rule | None:
    """What the rule of this key (“rulebook/3”) says on that day; for the system, whoever asks."""
    number = key.removeprefix("rulebook/")
    found = Rulebook.objects.filter(pk=int(number)) if number.isdecimal() else Rulebook.objects.none()
    return next(_said(found, day), None)


def named_in(text: str, district_code: str) -> list[Rulebook]:
    """The living rules of this district that a text names, by number or by title in title marks."""
    living = Rulebook.objects.filter(district_code=district_code, state__in=["in_force", "evaluating"])
    titles = set(TITLE.findall(text))
    return [one for one in living.order_by("pk") if one.title in titles or (one.number and one.number in text)]
