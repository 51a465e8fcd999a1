"""Which objects does a formula flag, in which of the chosen periods; how many were looked at, and of how many nothing can be said?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import ibis
from ibis.expr.types import Table

from guanjian.customs.formula.indicator import Indicator
from guanjian.customs.formula.operators import OPERATORS
from guanjian.customs.formula.tree import Call, Feature, calls
from guanjian.engine.formula.conditions import Conditions
from guanjian.engine.formula.measured import measured
from guanjian.engine.formula.spans import literal, number_of


@dataclass(frozen=True)
class Span:
    """The days that are looked at, both included; None: as far as the data goes."""

    first: date | None = None
    last: date | None = None


def answered(indicator: Indicator, span: Span = Span()) -> Table:
    """A row per object and period of the span: `flagged` is true, false or missing; `score`, and the features `f0` …"""
    table = measured(indicator)
    if span.first:
        table = table.filter(table.number >= number_of(span.first, indicator.span))
    if span.last:
        table = table.filter(table.number <= number_of(span.last, indicator.span))
    conditions = Conditions(indicator, table)
    leading = leading_call(indicator.call)
    score = conditions.figure(leading) if leading else literal(1.0)
    return table.mutate(flagged=conditions.answer(), score=score.fill_null(0.0))


def leading_call(call: Call) -> Call | None:
    """The first comparison of numbers: its figure is the strength that is shown, and that a threshold is tuned on."""
    found = (one for one in calls(call) if not OPERATORS[one.operator].logic and one.operator != "SUB")
    return next(found, None)


def hits(indicator: Indicator, span: Span = Span()) -> Table:
    """Of `answered`, the rows that are flagged."""
    found = answered(indicator, span)
    return found.filter(found.flagged.fill_null(False))


def first_feature(indicator: Indicator) -> Feature:
    """The feature that is written first."""
    leading = leading_call(indicator.call) or next(calls(indicator.call))
    values = [value for one in calls(leading) for value in one.values if isinstance(value, Feature)]
    return values[0] if values else _any(indicator.call)


def _any(call: Call) -> Feature:
    return next(value for one in calls(call) for value in one.values if isinstance(value, Feature))


def tally(answers: Table) -> Table:
    """One row: how many were looked at, flagged, and not decidable."""
    return answers.agg(
        looked=answers.count(),
        flagged=ibis.coalesce(answers.flagged.cast("int64").sum(), 0),
        unclear=ibis.coalesce(answers.flagged.isnull().cast("int64").sum(), 0),
        objects=answers.subject_id.nunique(where=answers.flagged.fill_null(False)),
    )
