"""Who cites a rule? Whoever keeps something that may names himself here; the repeal asks every one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from guanjian.kernel.words import Text
from guanjian.loops.rulebook.needs import Cited


@dataclass(frozen=True, order=True)
class Citation:
    """One thing that cites a rule: its kind, its own code, and how it is called."""

    kind: Cited
    code: str
    title: str = ""

    @property
    def key(self) -> str:
        """How a person names it: “控制 C-EXM-01”."""
        return f"{self.kind.label.zh} {self.code}"

    @property
    def said(self) -> Text:
        """The same with its title, in both languages."""
        return Text("{kind} {code} {title}", "{kind} {code} {title}").filled(
            kind=self.kind.label, code=self.code, title=self.title
        )


Citer = Callable[[str, str], Iterable[Citation]]  # (number of the rule, its title)
CITERS: dict[str, Citer] = {}  # filled by wiring at start-up: controls, dated parameters, and whoever comes


def cites(text: str, number: str, title: str) -> bool:
    """True when this text names the rule: by its number, or by its title in title marks."""
    return bool(number and number in text) or bool(title and f"《{title}》" in text)


def ask_all(number: str, title: str) -> set[Citation]:
    """What all of them say."""
    return {one for citer in CITERS.values() for one in citer(number, title)}
