"""Facts placed at a unit and in a week, made so that indicators of the same facts read them in one scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import ibis.expr.datatypes as dt
from ibis.expr.types import BooleanValue, IntegerValue, Table, Value

from guanjian.engine.clock import epoch_us, local, week
from guanjian.engine.tables import (
    cases,
    decisions,
    declarations,
    enterprises,
    events,
    examinations,
    field_jobs,
    instructions,
    items,
    penalties,
    problems,
    selections,
)

if TYPE_CHECKING:
    from guanjian.engine.session import Session

MINUTE = 60_000_000  # microseconds
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@ibis.udf.scalar.builtin(name="list_unique", signature=((dt.Array(dt.string),), dt.int64))
def different(people):
    """How many different names a list holds, built in DuckDB."""


def weekly(facts: Table, cases: Value, exposure: Value, *more: str) -> Table:
    """One row per unit and week (and `more`). Conditions belong into the sums, not into a filter: that shares scans."""
    return facts.group_by("unit_code", *more, "week").agg(cases=cases, exposure=exposure)


def between(start: Value, end: Value) -> IntegerValue:
    """Microseconds from start to end: whole numbers, so that sums do not depend on the order of rows."""
    return epoch_us(end) - epoch_us(start)


def at_night(moment: Value) -> BooleanValue:
    """From 20:00 to 06:00."""
    hour = local(moment).hour()
    return (hour >= 20) | (hour < 6)


def by_hand(officer: Value) -> BooleanValue:
    """True when an officer did it, not the system."""
    return officer.fill_null("") != ""


def entries() -> Table:
    """Declarations, in the week in which they were lodged."""
    return declarations.mutate(week=week(declarations.declared_at))


def lodged() -> Table:
    """Declarations with their consignee's credit and whether they were examined, in the week of lodgement."""
    known = enterprises.select("credit_level", "credit_scheme", "registered_on", consignee_id="enterprise_id")
    opened = examinations.select("entry_id").distinct().mutate(examined=True)
    both = entries().left_join(known, "consignee_id").drop("consignee_id_right").left_join(opened, "entry_id")
    return both.drop("entry_id_right").mutate(
        examined=both.examined.fill_null(False), dishonest=dishonest(both), aeo=both.credit_level == 1
    )


def dishonest(traders: Table) -> BooleanValue:
    """失信 or 严重失信 under the scheme that the level belongs to; unknown without a level."""
    return ibis.cases(
        (traders.credit_scheme == "2021", traders.credit_level >= 3),
        (traders.credit_scheme.isin(("2018", "2026")), traders.credit_level >= 4),
        else_=ibis.null("boolean"),
    )


def goods() -> Table:
    """Goods lines of imports in general trade, in the week in which they were lodged."""
    heads = declarations.filter(declarations.ie == "import", declarations.trade_mode == "0110")
    heads = heads.select("entry_id", "unit_code", on=declarations.declared_at)
    return items.inner_join(heads, "entry_id").mutate(week=week(ibis._.on))


def exams(session: Session) -> Table:
    """Examinations with the house of their entry, in the week in which they began; made once per run."""
    return session.keep("placed_exams", _exams)


def _exams() -> Table:
    of_whom = declarations.select("entry_id", "unit_code", "consignee_id", "released_at", "tax_cny")
    both = examinations.inner_join(of_whom, "entry_id").mutate(week=week(examinations.started_at))
    return both.drop("place", "assessed_value_cny")


def orders() -> Table:
    """Control instructions, in the week in which they were issued."""
    return instructions.mutate(week=week(instructions.issued_at))


def choices() -> Table:
    """Selections, in the week in which they were decided."""
    return selections.mutate(week=week(selections.decided_at))


def steps() -> Table:
    """Events, in the week in which they happened."""
    return events.mutate(week=week(events.at))


def filed() -> Table:
    """Cases, in the week in which they were filed."""
    return cases.mutate(week=week(cases.filed_at))


def fines() -> Table:
    """Penalties with the bureau of their case, in the week of the decision."""
    known = cases.select("case_id", "unit_code", "filed_at")
    return penalties.inner_join(known, "case_id").mutate(week=week(penalties.decided_at))


def jobs() -> Table:
    """Field jobs, in the week for which they were planned."""
    return field_jobs.mutate(week=week(field_jobs.planned_start))


def faults() -> Table:
    """Problems, in the week in which they were found."""
    return problems.mutate(week=problems.found_on.truncate("W"))


def mended() -> Table:
    """Problems that were closed, in the week of closing."""
    return problems.filter(problems.closed_on.notnull()).mutate(week=problems.closed_on.truncate("W"))


def dispositions() -> Table:
    """Decisions on people, money and things, in their week."""
    return decisions.mutate(week=week(decisions.at))
