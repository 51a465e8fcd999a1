"""How one loop shows itself: its columns in the queue and its sections on a record; the rest comes from the flow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from guanjian.kernel.flow import Facts
from guanjian.kernel.words import Text
from guanjian.kernel.workdays import Limit
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from guanjian.org.models import Unit

Kind = Literal[
    "text", "money", "when", "period", "level", "number", "subject", "unit", "person", "link", "list", "links", "prose"
]


@dataclass(frozen=True)
class Column:
    """One column of a queue: `value` is an attribute name or a function of the record.

    What a kind takes: money a decimal or its text, when a datetime or ISO text, period its text, level a stored level,
    unit a code, person an officer id, subject a record or (type, id), link (text, address), list an iterable; text
    anything, also `Text`.
    """

    title: Text
    value: str | Callable[[Record], Any]
    kind: Kind = "text"

    def of(self, record: Record) -> Any:
        """The value to show for this record."""
        return getattr(record, self.value) if isinstance(self.value, str) else self.value(record)


@dataclass(frozen=True)
class Row:
    """One line of a section: what it is called, its value, and how to show it."""

    title: Text
    value: Any
    kind: Kind = "text"


@dataclass(frozen=True)
class Section:
    """One block of a record's page; `rows` of (record, actor); an empty list leaves the block out."""

    title: Text
    rows: Callable[[Record, Any], list[Row]]


@dataclass(frozen=True)
class Desk:
    """All that a loop says about its pages. `note` tells a newcomer in one sentence what this loop is for."""

    model: type[Record]
    note: Text
    columns: tuple[Column, ...] = ()
    sections: tuple[Section, ...] = ()
    why: Callable[[Record], Text | None] | None = None  # why this one stands where it stands in the queue
    related: Callable[[Record, Any], list[Record]] | None = None
    begin: Callable[[Actor, Unit, Facts], Record] | None = None  # opening by hand; None: each fact fills its column
    search_fields: tuple[str, ...] = field(default=("title", "subject_id"))
    limits: tuple[Limit, ...] = ()  # periods that its rules know beside the waits: dated like these

    @property
    def name(self) -> str:
        """The loop's name: the URL namespace and the ledger's prefix."""
        return self.model.FLOW.name

    @property
    def shows_unit(self) -> bool:
        """True where a column of its own says what the record's unit is to it: owner, caller, side addressed."""
        return any(column.value == "unit_code" for column in self.columns)

    @property
    def sealed(self) -> bool:
        """True for a loop whose content is enciphered: search, composite query and export leave it out."""
        return hasattr(self.model, "sealed_fields")


DESKS: dict[str, Desk] = {}  # every loop's desk by name, registered when its urls are loaded, in menu order


def register(desk: Desk) -> Desk:
    """Put the desk where home, search and the API find it."""
    DESKS[desk.name] = desk
    return desk
