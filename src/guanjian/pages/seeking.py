"""Looking for words in one queue: among all that the person may see, by the index of search; the best first, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from guanjian.kernel.errors import BadInput
from guanjian.moving.looking import Sought, look
from guanjian.org.actor import Actor
from guanjian.pages.desk import Desk

WRONG_PAGE = ("页码有误，请回到第一页。", "The page mark is wrong; go back to the first page.")
LAST_MARK = 2**62


@dataclass(frozen=True)
class Within:
    """In which of the visible rows of a queue: the rows themselves, and what of that the index knows by itself."""

    rows: Sequence[QuerySet]
    states: tuple[str, ...]
    place: tuple[str, str] | None


def seek(desk: Desk, actor: Actor, within: Within, asked: tuple[str, str], limit: int) -> list[tuple[int, str]]:
    """At most so many records with these words, each with the mark after which the next page begins.

    Who writes a number means the record that bears it: it stands first.
    """
    words, after = asked
    meant = _meant(desk, within.rows, words)
    sought = Sought(words, desk.name, place=within.place, states=within.states)
    hits = look(actor, sought, limit + len(meant), read_mark(after), within.rows)
    lines = [(hit.number, hit.mark) for hit in hits if hit.number not in meant]
    return ([] if after else [(number, "") for number in meant]) + lines[:limit]


def _meant(desk: Desk, rows: Sequence[QuerySet], words: str) -> list[int]:
    loop, _, number = words.rpartition("/")
    number = number.lstrip("#")
    if loop not in ("", desk.name) or not (number.isascii() and number.isdecimal() and len(number) < 16):
        return []
    return [int(number)] if any(some.filter(pk=int(number)).exists() for some in rows) else []


def read_mark(text: str) -> tuple[int, int]:
    """Where a page of what was found begins."""
    if not text:
        return (0, 0)
    tier, _, number = text.partition(".")
    if tier not in ("0", "1") or not (number.isascii() and number.isdecimal() and 0 < int(number[:30]) < LAST_MARK):
        raise BadInput(*WRONG_PAGE)
    return int(tier), int(number)
