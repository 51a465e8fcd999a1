"""Names of units and people for a page: read together, kept for a minute, so that no row costs a query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from time import time

from guanjian.kernel.words import Text
from guanjian.org.actor import CONCERNED, SYSTEM, Actor
from guanjian.org.models import Person, Unit
from guanjian.org.posts import UnitLevel

SYSTEM_NAME = Text("系统", "System")
CONCERNED_NAME = Text("当事人", "The person concerned")


def _minute() -> int:
    """Every process reads the names anew each minute: no message between processes is needed."""
    return int(time() // 60)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as a page needs it."""

    code: str
    name: Text
    level: str
    kind: str
    district_code: str
    house_code: str


@lru_cache(maxsize=2)
def _units(_minute_now: int) -> dict[str, Place]:
    rows = Unit.objects.order_by("code").values_list(
        "code", "name_zh", "name_en", "level", "kind", "district_code", "house_code"
    )
    return {code: Place(code, Text(zh, en), *rest) for code, zh, en, *rest in rows}


@lru_cache(maxsize=2)
def _people(_minute_now: int) -> dict[str, Text]:
    """The people met in this minute; filled by `read_people`."""
    return {SYSTEM.person_id: SYSTEM_NAME, CONCERNED.person_id: CONCERNED_NAME}


def unit(code: str) -> Text:
    """The name of a unit, or its code where there is no such unit."""
    found = _units(_minute()).get(code)
    return found.name if found else Text(code, code)


def place(code: str) -> Place | None:
    """The unit of this code, or None."""
    return _units(_minute()).get(code)


def places_of(actor: Actor) -> list[Place]:
    """The units that a queue may be narrowed to: districts for headquarters, houses for a district."""
    levels = {held.level for held in actor.holdings}
    if UnitLevel.HQ in levels:
        return [unit for unit in _units(_minute()).values() if unit.level == UnitLevel.DISTRICT]
    if UnitLevel.DISTRICT in levels:
        mine = {held.district_code for held in actor.holdings}
        houses = [unit for unit in _units(_minute()).values() if unit.level == UnitLevel.HOUSE]
        return [unit for unit in houses if unit.district_code in mine]
    return []


def read_people(ids: Iterable[str]) -> None:
    """Read the names of all these people in one query; those already met cost nothing."""
    met = _people(_minute())
    if missing := {one for one in ids if one} - met.keys():
        rows = Person.objects.filter(username__in=missing).values_list("username", "name_zh", "name_en")
        met.update({username: Text(zh, en or zh) for username, zh, en in rows})
        met.update({one: Text(one, one) for one in missing - met.keys()})


def person(username: str) -> Text:
    """The name of a person by the officer id; the id itself where nobody bears it."""
    read_people([username])
    return _people(_minute()).get(username) or Text(username, username)


def forget() -> None:
    """Call after a change of units or people in this process: names are read anew at once."""
    _units.cache_clear()
    _people.cache_clear()
