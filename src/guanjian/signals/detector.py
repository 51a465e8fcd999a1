"""The one shape of a detector: a decorator that says what it is, a docstring that is its help page, one function."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from guanjian.engine.looked import FIXED, Looked
from guanjian.kernel.errors import BadInput
from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.words import Text

if TYPE_CHECKING:
    from guanjian.engine.session import Session


@dataclass(frozen=True)
class Param:
    """A threshold or window: its default, its unit, and what it means. Never a constant in the code."""

    default: Any
    unit: Text
    means: Text

    def read(self, name: str, text: str) -> Any:
        """The value that an operator typed, in the kind of the default; `BadInput` when it is not one."""
        try:
            return type(self.default)(text)
        except ValueError:
            raise BadInput(
                f"参数 {name} 应为{'整数' if isinstance(self.default, int) else '数字'}，而不是“{text}”。",
                f"Parameter {name} must be a {type(self.default).__name__}, not “{text}”.",
            ) from None


@dataclass(frozen=True)
class Detector:
    """A detector of the catalogue. `reads`: tables without which nothing can be said; `may_read`: used when present.

    `pooled`: the reason why rows of an unrelated group can change its scores; empty when they cannot.
    `level`: the colour of a control that has no degrees; None when colour follows the q-value or the score.
    """

    code: str
    title: Text
    line: str
    subject: Subject
    reads: tuple[str, ...]
    says: Text
    find: Callable[..., Any]
    node: str = ""
    may_read: tuple[str, ...] = ()
    level: Level | None = None
    pooled: str = ""
    statistical: bool = False
    params: dict[str, Param] = field(default_factory=dict)
    example: str = ""

    @property
    def help(self) -> str:
        """The help page."""
        return inspect.getdoc(self.find) or ""

    @property
    def defaults(self) -> dict[str, Any]:
        """Parameter values when nothing is overridden."""
        return {name: param.default for name, param in self.params.items()}

    def look(self, session: Session, **overrides: Any) -> Looked:
        """Every suspected subject in the contract's columns, before error control, in an order of its own."""
        values = self.defaults | overrides
        found = self.find(session, **values) if _asks_itself(self.find) else session.frame(self.find(**values))
        looked = found if isinstance(found, Looked) else Looked(found)
        return replace(looked, rows=_complete(looked.rows, self))

    def explain(self, row: dict[str, Any]) -> Text:
        """The sentence with figures, in both languages."""
        return self.says.filled(**row)


def detector(code: str, title: Text, *, says: Text, params: dict[str, Param], **about: Any) -> Callable:
    """Make a function a detector.

    The function takes its parameters by name and returns one Ibis expression; if its first argument is `session` it
    asks the engine itself, goes on in `stats`, and returns a data frame or `Looked`. Columns: `unit_code subject_id
    period score observed expected` (`p_value` if statistical); `rows`, the ids of the facts, at the latest from
    `Looked.more`; all others are facts for the evidence.
    """

    def wrap(function: Callable) -> Detector:
        example = getattr(inspect.getmodule(function), "EXAMPLE", "")
        return Detector(code, title, says=says, params=params, find=function, example=example, **about)

    return wrap


def _asks_itself(function: Callable) -> bool:
    return next(iter(inspect.signature(function).parameters), "") == "session"


def _complete(rows: pd.DataFrame, made_by: Detector) -> pd.DataFrame:
    rows = rows.assign(line_code=made_by.line, subject_type=str(made_by.subject))
    for name in FIXED:
        if name not in rows:
            rows[name] = "" if name == "unit_code" else None
    rows["unit_code"] = rows["unit_code"].fillna("")
    rows = rows.sort_values(["score", "subject_id", "period"], ascending=[False, True, True], kind="stable")
    facts = [name for name in rows.columns if name not in FIXED]
    return rows[[*FIXED, *facts]].reset_index(drop=True)
