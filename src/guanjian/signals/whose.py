"""Where a subject belongs: the unit at which an enterprise declares most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pandas as pd

from guanjian.engine.tables import declarations

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from guanjian.engine.session import Session


def main_units(session: Session, enterprises: pd.Series) -> pd.Series:
    """The unit where each of these consignees has the most declarations (the first code among equals)."""
    asked = session.lend("asked_enterprises", pd.DataFrame({"consignee_id": pd.unique(enterprises.astype("str"))}))
    found = session.frame(session.keep("main_units", _most).semi_join(asked, "consignee_id"))
    units = found.set_index("consignee_id")["unit_code"]
    return enterprises.map(units).fillna("").astype(object)


def _most() -> Table:
    """Counted once for all that ask: every consignee with its unit."""
    counted = declarations.group_by("consignee_id", "unit_code").agg(n=ibis._.count())
    first = ibis.row_number().over(group_by="consignee_id", order_by=[ibis.desc("n"), "unit_code"])
    return counted.mutate(place=first).filter(ibis._.place == 0).select("consignee_id", "unit_code")
