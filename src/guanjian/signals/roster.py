"""Who was on duty: work laid on the shift in which it was done, and the pool that it could have been given to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import ibis.expr.datatypes as dt
from ibis.expr.types import Table

from guanjian.engine.clock import AHEAD_US, epoch_us
from guanjian.engine.tables import rosters

if TYPE_CHECKING:
    from guanjian.engine.session import Session

DAY_US = 24 * 3600 * 1_000_000
SMALLEST_POOL = 3  # below three nobody can be compared without being named


@ibis.udf.scalar.builtin(name="divide", signature=((dt.int64, dt.int64), dt.int64))
def whole_part(amount, by):
    """Integer division, built in DuckDB."""


def day_number(ts) -> ibis.expr.types.Value:
    """Local days since 1970, for joins."""
    return whole_part(epoch_us(ts) + AHEAD_US, DAY_US)


def duties(session: Session) -> Table:
    """Every officer's shift on every local day (`on`) that it touches, made once per run.

    Where (`site`), from when to when, how many were on it (`pool`), and codes from 0 for site, shift and officer.
    """
    return session.keep("duties", _duties)


def _duties() -> Table:
    posted = rosters.group_by("unit_code", "starts_at", "ends_at", "officer_id").agg(post=rosters.post.min())
    alike = ibis.window(group_by=["unit_code", "post", "starts_at", "ends_at"])
    shifts = posted.select(
        "officer_id",
        "post",
        site="unit_code",
        begins=posted.starts_at,
        ends=posted.ends_at,
        pool=posted.count().over(alike),
        site_code=ibis.dense_rank().over(order_by="unit_code").cast("int16"),
        shift_code=ibis.dense_rank().over(order_by=["unit_code", "starts_at", "ends_at"]).cast("int32"),
        officer_code=ibis.dense_rank().over(order_by="officer_id").cast("int32"),
    )
    return shifts.mutate(on=ibis.range(day_number(shifts.begins), day_number(shifts.ends) + 1).unnest())


def on_shift(session: Session, work: Table) -> Table:
    """`work` (columns `officer_id`, `at`) with everything of the shift it was done in, if at least three shared it.

    Work outside every shift of its officer is left out. The shift is found by officer and day, so that the join is one
    of equal keys.
    """
    known = duties(session)
    known = known.filter(known.pool >= SMALLEST_POOL)
    dated = work.mutate(on=day_number(work["at"]))
    both = dated.inner_join(known, ["officer_id", "on", dated["at"] >= known.begins, dated["at"] < known.ends])
    return both.drop("on")
