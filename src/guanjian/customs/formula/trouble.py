"""One clear sentence: where in the formula, what is wrong, and what to change."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import Text

AT = Text("公式第{place}个字符处：{said}", "At character {place} of the formula: {said}")


class FormulaError(BadInput):
    """A formula that cannot be measured; `place` is the character, counted from 1."""

    def __init__(self, place: int, zh: str, en: str) -> None:
        self.place = place + 1
        super().__init__(AT.filled(place=self.place, said=Text(zh, en)))


def unknown(place: int, what: Text, given: str, known: Iterable[str]) -> FormulaError:
    """There is no such name; the nearest ones that there are."""
    names = list(known)
    near = get_close_matches(given, names, 3, 0.4) or names[:12]
    return FormulaError(
        place,
        f"没有名为“{shortened(given)}”的{what.zh}，请改用{'、'.join(near)}{'' if len(near) == len(names) else '等'}。",
        f"there is no {what.en} “{shortened(given)}”; use {', '.join(near)}{'' if len(near) == len(names) else ' …'}.",
    )


def shortened(text: str) -> str:
    """What was typed, as far as a sentence holds it."""
    return text if len(text) <= 40 else text[:40] + "…"
