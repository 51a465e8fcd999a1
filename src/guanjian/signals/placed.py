"""Facts placed at a unit and in a week, made so that indicators of the same facts read them in one scan."""

from __future__ import annotations

from ibis.expr.types import Table, Value

from guanjian.engine.clock import week
from guanjian.engine.tables import declarations, examinations


def weekly(facts: Table, cases: Value, exposure: Value) -> Table:
    """One row per unit and week. Conditions belong into `cases` and `exposure`, not into a filter: that shares scans."""
    return facts.group_by("unit_code", "week").agg(cases=cases, exposure=exposure)


def entries() -> Table:
    """Declarations, in the week in which they were lodged."""
    return declarations.mutate(week=week(declarations.declared_at))


def exams() -> Table:
    """Examinations with the house of their entry, in the week in which they began."""
    of_whom = declarations.select("entry_id", "unit_code", "consignee_id", "released_at", "value_cny", "tax_cny")
    return examinations.inner_join(of_whom, "entry_id").mutate(week=week(examinations.started_at))
