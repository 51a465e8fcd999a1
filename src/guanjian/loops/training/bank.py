"""What is asked of this paper's reader? A version of a bank, as whoever keeps banks gives it out; this loop keeps none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

CHOICES = "ABCD"


@dataclass(frozen=True)
class Version:
    """One frozen version of a course. `questions` hold the right answers: they are never put on a record or a page."""

    code: str
    title: str
    number: int
    bank: str  # the hash of all questions
    material: str
    questions: tuple[Mapping[str, str], ...]
    asked: int
    pass_mark: int
    valid_months: int
    writers: frozenset[str]

    @classmethod
    def of(cls, code: str, title: str, said: Mapping[str, Any]) -> Version:
        """From a course's own record of the version."""
        same = {name: said[name] for name in ("number", "bank", "material", "asked", "pass_mark", "valid_months")}
        return cls(code, title, questions=tuple(said["questions"]), writers=frozenset(said["writers"]), **same)


Keeper = Callable[[str, int], Version | None]  # (code of the course, number of the version; 0: the one in use)
KEEPERS: dict[str, Keeper] = {}  # filled by wiring at start-up


def version(code: str, number: int = 0) -> Version | None:
    """This version of the course, or the one in use; None where nobody keeps it."""
    return next((found for keeper in KEEPERS.values() if (found := keeper(code, number))), None)
