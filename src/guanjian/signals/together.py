"""Who met whom: every piece of work laid on its shift, as integer codes that NumPy can count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from guanjian.engine.clock import month
from guanjian.engine.tables import declarations, events, rosters
from guanjian.signals.period import months
from guanjian.signals.roster import duties, on_shift
from guanjian.stats.interaction import Work

if TYPE_CHECKING:
    from guanjian.engine.session import Session

TRADERS = {"agent": "agent_id", "consignee": "consignee_id"}


@dataclass(frozen=True)
class Met:
    """The work with both kinds of trader (code 0: none), as codes; names are asked for by code."""

    site: np.ndarray
    cell: np.ndarray
    officer: np.ndarray
    traders: dict[str, np.ndarray]

    def work(self, kind: str) -> Work:
        """All the work, with its traders of this kind; work without one is still work that others could have got."""
        return Work(self.site, self.cell, self.officer, self.traders[kind])

    def of(self, site: int, officer: int) -> dict[str, np.ndarray]:
        """The traders of everything that one officer did at one site."""
        his = (self.site == site) & (self.officer == officer)
        return {kind: codes[his] for kind, codes in self.traders.items()}


def period(session: Session) -> str:
    """The months that the rosters cover."""
    span = session.frame(rosters.agg(first=month(rosters.starts_at.min()), last=month(rosters.starts_at.max())))
    return months(span["first"], span["last"])[0]


def hands(activities: list[str]) -> Table:
    """The steps of these kinds that an officer took on an entry."""
    mine = events.filter(
        events.object_type == "entry", events.activity.isin(activities), events.officer_id.length() > 0
    )
    return mine.select("officer_id", "activity", entry_id="object_id", at="at")


def met(session: Session, activities: list[str]) -> Met:
    """All work of shifts with at least three officers. The cell is shift × activity."""
    done = on_shift(session, hands(activities))
    numbers = ((done.activity == name, number) for number, name in enumerate(activities))
    done = done.mutate(cell=(done.shift_code * len(activities) + ibis.cases(*numbers, else_=0)).cast("int32"))
    of_whom = declarations.select("entry_id", *TRADERS.values())
    for column in TRADERS.values():
        names = trader_codes(session, column)
        coded = of_whom.left_join(names, of_whom[column] == names.name)
        of_whom = coded.drop("name").rename({f"{column}_code": "code"})
    both = done.inner_join(of_whom, "entry_id")
    codes = {column: both[f"{column}_code"].fill_null(0).cast("int32") for column in TRADERS.values()}
    found = session.arrays(both.select("site_code", "cell", "officer_code", **codes))
    return Met(
        *(found[name] for name in ("site_code", "cell", "officer_code")),
        {kind: found[column] for kind, column in TRADERS.items()},
    )


def names(session: Session, column: str, codes: np.ndarray) -> list[str]:
    """The names behind the codes of a column of traders."""
    asked = session.lend("asked_codes", pd.DataFrame({"code": np.unique(codes).astype("int32")}))
    return _looked_up(session, trader_codes(session, column).semi_join(asked, "code"), codes)


def officer_names(session: Session, codes: np.ndarray) -> list[str]:
    """The officers behind the codes that their shifts gave them."""
    return _looked_up(session, duties(session).select(name="officer_id", code="officer_code").distinct(), codes)


def site_names(session: Session, codes: np.ndarray) -> list[str]:
    """The units behind the codes of the sites."""
    return _looked_up(session, duties(session).select(name="site", code="site_code").distinct(), codes)


def _looked_up(session: Session, table: Table, codes: np.ndarray) -> list[str]:
    found = session.frame(table)
    known = dict(zip(found["code"].tolist(), found["name"].tolist(), strict=True))
    return [known[code] for code in codes.tolist()]


def trader_codes(session: Session, column: str) -> Table:
    """The names of all traders of a column of the declarations, numbered from 1."""

    def numbered() -> Table:
        names = declarations.select(name=declarations[column]).filter(ibis._.name.length() > 0).distinct()
        return names.mutate(code=(ibis.row_number().over(order_by="name") + 1).cast("int32"))

    return session.keep(f"codes_of_{column}", numbered)
