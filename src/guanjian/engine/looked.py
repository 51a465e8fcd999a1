"""What a detector gives back, and what the engine needs to know of a detector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.words import Text

if TYPE_CHECKING:
    import pandas as pd

    from guanjian.engine.session import Session

SHOWN_ROWS = 50  # ids of facts kept in the evidence of one finding; the full count stands beside them
FIXED = ("unit_code", "subject_id", "period", "score", "p_value", "observed", "expected", "rows")


@dataclass(frozen=True)
class Looked:
    """Rows before error control: one per suspected subject; `tests`: how many hypotheses were tried, None without p."""

    rows: pd.DataFrame
    tests: int | None = None
    unclear: Text | None = None  # why nothing can be said: 不可判定


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
