"""How is a Chinese text found by any two of its characters? Runs of characters are cut into overlapping pairs.

A run of Chinese characters gives each pair of neighbours and, at its end, the last character alone: 风险点 → 风险 险点 点.
Words and numbers stay whole. No dictionary is needed, and no new word is missed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(rf"([{HAN}]+)|([^\W_{HAN}]+)")
APART = "zqz"  # between two texts, so that no phrase reaches from one into the next
LONGEST = 50_000  # characters of one text that are cut: more does not fit the index of every database
TERMS = 8


@dataclass(frozen=True)
class Term:
    """One thing sought: its pieces stand side by side; of an `open` one the last piece is only a beginning."""

    said: str
    pieces: tuple[str, ...]
    open: bool

    @property
    def pattern(self) -> re.Pattern[str]:
        """Where it stands in a text, whatever signs lie between its pieces."""
        stretches = [run for run, _ in runs(self.said)]
        edge = r"(?<![a-z0-9])" if stretches[0].isascii() else ""
        return re.compile(edge + r"[\W_]*".join(map(re.escape, stretches)), re.IGNORECASE)


def normal(text: str) -> str:
    """Full-width and half-width, upper and lower case are one."""
    return unicodedata.normalize("NFKC", text).lower()


def runs(text: str) -> list[tuple[str, bool]]:
    """The runs of a text in order, each with whether it is Chinese."""
    return [(match[0], match[1] is not None) for match in RUN.finditer(normal(text))]


def cut(texts: Iterable[str]) -> str:
    """The pieces of some texts, parted by spaces, the texts by a sign of their own."""
    return f" {APART} ".join(filter(None, (" ".join(_pieces(text[:LONGEST])) for text in texts)))


def _pieces(text: str) -> list[str]:
    return [piece for run, han in runs(text) for piece in (_pairs(run) if han else [run])]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] + [run[-1]]


def terms(asked: str) -> tuple[Term, ...]:
    """What is sought: the words parted by spaces, all of which must be there; signs alone ask for nothing."""
    found = (_term(word) for word in asked.split()[:TERMS])
    return tuple(term for term in found if term is not None)


def _term(word: str) -> Term | None:
    pieces = [piece for piece in _pieces(word) if piece != APART]
    if not pieces:
        return None
    last, han = runs(word)[-1]
    if han and len(last) > 1:  # the last character alone stands only where a run ends
        return Term(word, tuple(pieces[:-1]), False)
    return Term(word, tuple(pieces), True)
