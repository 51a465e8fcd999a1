"""Where a subject belongs: the unit at which an enterprise declares most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pandas as pd

from guanjian.engine.tables import declarations

if TYPE_CHECKING:
    from guanjian.engine.session import Session


def main_units(session: Session, enterprises: pd.Series) -> pd.Series:
    """The unit where each of these consignees has the most declarations (the first code among equals)."""
    asked = session.lend("asked_enterprises", pd.DataFrame({"consignee_id": pd.unique(enterprises.astype("str"))}))
    counted = declarations.semi_join(asked, "consignee_id").group_by("consignee_id", "unit_code").agg(n=ibis._.count())
    found = session.frame(counted).sort_values(["n", "unit_code"], ascending=[False, True], kind="stable")
    units = found.drop_duplicates("consignee_id").set_index("consignee_id")["unit_code"]
    return enterprises.map(units).fillna("").astype(object)
