"""Goods lines with what their declaration says: the join that several detectors read, made once per run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis.expr.types import Table

from guanjian.engine.clock import day
from guanjian.engine.tables import declarations, items

if TYPE_CHECKING:
    from guanjian.engine.session import Session


def goods_lines(session: Session) -> Table:
    """One row per goods line: whose, what, when, worth how much, and the logarithm of its unit price."""
    return session.keep("goods_lines", _joined)


def _joined() -> Table:
    heads = declarations.select("entry_id", "consignee_id", "ie", on=day(declarations.declared_at))
    both = items.inner_join(heads, "entry_id")
    priced = (both.quantity > 0) & (both.value_cny > 0)
    return both.select(
        "entry_id",
        "consignee_id",
        "ie",
        "hs_code",
        "on",
        origin=both.origin_country.fill_null(""),
        measure=both.quantity_unit.fill_null(""),
        value_cny=both.value_cny,
        log_price=ibis.ifelse(priced, (both.value_cny.cast("float64") / both.quantity.cast("float64")).ln(), None),
    )
