"""What the generic tests must know of joint duty rosters: who stands, when, and what the watch log holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from guanjian.loops.roster.models import Roster
from guanjian.moving.record import Record
from tests import cast
from tests.days import Ahead, Hence

HOUR = timedelta(hours=1)


def shift(begins: timedelta, customs: str = "front", police: str = "police", hours: int = 8) -> dict[str, Any]:
    """One shift that begins so long from now."""
    starts = begins / HOUR
    return {"starts": Hence(starts), "ends": Hence(starts + hours), "customs": customs, "police": police}


def _arranged(record: Record) -> dict[str, Any]:
    """Two of the cast who serve there, in a shift that has just begun."""
    _serving(record)
    return {"shifts": [shift(-HOUR / 12, "colleague")]}


def _came(who: str) -> dict[str, Any]:
    return {"what": "take_up", "by": who, "at": Hence(0), "number": 1, "said": ""}


GOING_ON = {"shifts": [shift(-HOUR, "someone front", "somebody")]}
STOOD = {**GOING_ON, "log": [_came("someone")]}
SWAP = {"number": "1", "leaves": "front", "stands_in": "colleague", "reason": "因公外出，申请换班。"}
ASKED = {"shifts": [shift(80 * HOUR)], "swap": SWAP, "swap_post": "house_leader"}
OVER = {"shifts": [shift(-40 * HOUR)]}
WATCHED = {"number": "1", "customs_at": "", "police_at": "", "handed_at": "", "minutes": "470"}
READ = {"planned": "1", "covered": "1", "partial": "0", "missed": "0", "minutes_planned": "480", "minutes_done": "470"}


def _swap(record: Record) -> dict[str, Any]:
    _serving(record)
    return SWAP


def _serving(record: Record) -> dict[str, Any]:
    for name in ("front", "colleague", "police"):
        cast.person(name)
    return {}


PARTICULAR = {
    ("roster", "arrange"): _arranged,
    ("roster", "ask_swap"): _swap,
    ("roster", "grant_swap"): _serving,
    ("roster", "take_reading"): {**READ, "clues": "0", "swaps": "0", "watches": [WATCHED]},
}
PREPARED = {
    ("roster", "take_up"): GOING_ON,
    ("roster", "hand_over"): STOOD,
    ("roster", "open_clue"): STOOD,
    ("roster", "ask_swap"): {"shifts": [shift(40 * HOUR)]},
    ("roster", "grant_swap"): ASKED,
    ("roster", "refuse_swap"): {**ASKED, "shifts": [shift(120 * HOUR)]},
    ("roster", "take_reading"): OVER,
}
FIELDS = {
    "roster": {
        "place": "某监管作业场所",
        "from_day": Ahead(-2),
        "until_day": Ahead(9),
    }
}
MODELS = (Roster,)
READERS = {"roster": "house_head"}
NOUNS = {"roster": "rosters"}
