"""What a detector gives back, and what the engine needs to know of a detector."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.words import Text

if TYPE_CHECKING:
    import pandas as pd

    from guanjian.engine.session import Session

SHOWN_ROWS = 50  # ids of facts kept in the evidence of one finding; the full count stands beside them
FIXED = ("line_code", "subject_type", "unit_code", "subject_id", "period", "score", "p_value", "observed", "expected")


@dataclass(frozen=True)
class Looked:
    """Rows before error control: one per suspected subject; `tests`: how many hypotheses were tried, None without p.

    `more` adds what only findings need (ids of facts, panels); it may merge rows that turn out to be one lead.
    """

    rows: pd.DataFrame
    tests: int | None = None
    unclear: Text | None = None  # why nothing can be said: 不可判定
    more: Callable[[pd.DataFrame], pd.DataFrame] | None = None

    def told(self, kept: pd.DataFrame | None = None) -> pd.DataFrame:
        """These rows (all of them unless named) with everything that a finding shows."""
        rows = (self.rows if kept is None else kept).reset_index(drop=True)
        return self.more(rows) if self.more is not None and len(rows) else rows


class Detector(Protocol):
    """What the run plan asks of a detector."""

    code: str
    title: Text
    line: str
    subject: Subject
    reads: tuple[str, ...]
    level: Level | None

    @property
    def defaults(self) -> dict[str, Any]: ...

    def look(self, session: Session, **parameters: Any) -> Looked: ...

    def explain(self, row: dict[str, Any]) -> Text: ...
