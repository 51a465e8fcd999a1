"""The one shape of an indicator: a decorator that says what it is, a docstring that is its help page, one expression."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ibis.expr.types import Table

from guanjian.kernel.words import Names, Text
from guanjian.signals.detector import Param

if TYPE_CHECKING:
    from guanjian.engine.session import Session


class Means(Names):
    """What the value of an indicator is. Cases and exposure add up over units and weeks; values never do."""

    SHARE = "share", "占比：件数 ÷ 总件数，在 0 与 1 之间", "Share: those with the mark ÷ all, from 0 to 1"
    RATIO = "ratio", "比率：两个数量或金额之比", "Ratio of two counts or amounts"
    MEAN = "mean", "均值：总量 ÷ 件数", "Mean: a total ÷ the number of pieces"
    COUNT = "count", "数量：件数，暴露量为可能发生的基数", "Count: the cases; the exposure is what could have been"


class Worse(Names):
    """Which way an indicator turns when things get worse."""

    HIGHER = "higher", "高为差", "Higher is worse"
    LOWER = "lower", "低为差", "Lower is worse"
    NEITHER = "none", "仅供参照", "Neither: a reference"


class Source(Names):
    """On what an indicator stands: systems in use, the law, or our own proposal (a default that an owner must approve)."""

    IN_USE = "S", "现有系统口径", "Definition in use"
    LAW = "L", "法律法规", "Law"
    PROPOSAL = "P", "建议口径", "Proposal"


@dataclass(frozen=True)
class Indicator:
    """An indicator of the catalogue. `reads`: tables without which nothing can be said; `may_read`: used when present.

    `ground`: where it comes from, such as the article of a law. `of`: the unit of the value in words. `settles`: weeks
    from the beginning of the records in which it is still too low, because what it looks back on lies before them.
    `example` draws a little world; its lines `=> unit_code week cases exposure` are the right answer.
    """

    code: str
    title: Text
    line: str
    node: str
    means: Means
    of: Text
    worse: Worse
    source: Source
    reads: tuple[str, ...]
    measure: Callable[..., Table]
    ground: str = ""
    may_read: tuple[str, ...] = ()
    settles: int = 0
    params: dict[str, Param] = field(default_factory=dict)
    example: str = ""

    @property
    def help(self) -> str:
        """The help page."""
        return inspect.getdoc(self.measure) or ""

    @property
    def defaults(self) -> dict[str, Any]:
        """Parameter values when nothing is overridden."""
        return {name: param.default for name, param in self.params.items()}

    @property
    def counts(self) -> bool:
        """True when the value is the number of cases itself."""
        return self.means is Means.COUNT

    def asked(self, session: Session, **overrides: Any) -> Table:
        """The expression: one row per `unit_code`, `week` (and `line_code` if it varies) with `cases` and `exposure`."""
        values = self.defaults | overrides
        first = next(iter(inspect.signature(self.measure).parameters), "")
        return self.measure(session, **values) if first == "session" else self.measure(**values)


def indicator(code: str, title: Text, *, params: dict[str, Param] | None = None, **about: Any) -> Callable:
    """Make a function an indicator.

    The function takes its parameters by name (`session` first, if it needs a table that is made once per run) and
    returns one Ibis expression: an aggregate by `unit_code` and `week` whose columns `cases` and `exposure` are sums,
    so that districts, quarters and business lines are sums of it. Readings of one and the same table become one scan.
    """

    def wrap(function: Callable) -> Indicator:
        example = getattr(inspect.getmodule(function), "EXAMPLE", "")
        return Indicator(code, title, measure=function, params=params or {}, example=example, **about)

    return wrap
