"""The facts behind a suspicion: the ids that its evidence names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from guanjian.engine.session import Session


def ids_behind(session: Session, facts: Table, fact: str, subjects: pd.DataFrame) -> list[list[str]]:
    """For each row of `subjects` the values of column `fact` in the rows of `facts` that agree with it, in order.

    The columns of `subjects` say what must agree; all are texts.
    """
    by = list(subjects.columns)
    asked = session.lend("asked_subjects", subjects.astype(str).drop_duplicates())
    mine = facts.semi_join(asked, by).select(*by, fact)
    found = session.frame(mine.group_by(by).agg(ids=mine[fact].collect(distinct=True, order_by=mine[fact])))
    known = {tuple(row[name] for name in by): list(row["ids"]) for row in found.to_dict("records")}
    return [known.get(subject, []) for subject in subjects.astype(str).itertuples(index=False, name=None)]
