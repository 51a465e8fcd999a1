"""What was lodged in whose shifts? Every entry laid on the shifts of its house that ran at that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pandas as pd
from ibis.expr.types import Table

from guanjian.engine.tables import declarations, events, rosters, units
from guanjian.signals.roster import day_number

if TYPE_CHECKING:
    from guanjian.engine.session import Session


def shifts(session: Session, posts: str) -> Table:
    """Every officer's shifts (of these posts, by comma) at the house that the roster's unit belongs to, numbered."""
    return session.keep(f"shifts_{_name(posts)}", lambda: _shifts(_listed(posts)))


def lodged(session: Session, posts: str) -> Table:
    """Every entry with the shifts in which it was lodged, its day (`on`) and its trader: the agent, else the consignee."""
    return session.keep(f"lodged_{_name(posts)}", lambda: _lodged(shifts(session, posts)))


def in_hand(session: Session, asked: pd.DataFrame, came: Table, of: Table) -> Table:
    """The entries that came from these traders in the shifts `of` these officers, and whether the officer had them in hand.

    `asked`: `unit_code`, `officer_id`, `trader_id` and columns that `of` has too; `of` may be parts of shifts, by day `on`.
    """
    by = list(asked.columns)
    wanted = session.lend("asked_pairs", asked)
    same = [name for name in by if name not in ("unit_code", "trader_id")]
    when = [name for name in ("slot", "on") if name in of.columns]
    then = of.select(*when, *same).inner_join(wanted, same)
    own = came.inner_join(then, [*when, came.house == then.unit_code, came.trader == then.trader_id])
    own = own.select(*by, "entry_id").distinct()
    touched = events.filter(events.object_type == "entry", events.officer_id.length() > 0)
    touched = touched.semi_join(wanted, "officer_id").select("officer_id", entry_id="object_id").distinct()
    both = own.left_join(touched, ["officer_id", "entry_id"])
    return both.select(*by, "entry_id", mine=both.entry_id_right.notnull())


def hour_in_hand(came: Table, parts: Table) -> Table:
    """Which share of what each trader lodged in an officer's hours, by the hour at which they begin, the officer had in hand.

    Of shifts that begin together the longest holds what came in the others, so that no entry counts twice.
    """
    own = parts.group_by("officer_id", "house", "on", "begins_at").agg(slot=parts.slot.argmax(parts.ends))
    by = ["house", "officer_id", "trader", "begins_at"]
    often = came.group_by("slot", "on", "trader").agg(many=came.count())
    whole = often.inner_join(own, ["slot", "on"]).group_by(by).agg(whole=lambda t: t.many.sum())
    touched = events.filter(events.object_type == "entry", events.officer_id.length() > 0)
    touched = touched.select("officer_id", entry_id="object_id").distinct()
    handled = came.inner_join(touched, "entry_id").inner_join(own, ["officer_id", "slot", "on"])
    mine = handled.select(*by).group_by(by).agg(mine=lambda t: t.count())
    both = whole.left_join(mine, by)
    return both.select(
        "officer_id", "begins_at", unit_code="house", trader_id="trader", share=both.mine.fill_null(0) / both.whole
    )


def _listed(posts: str) -> list[str]:
    return [post.strip() for post in posts.split(",")]


def _name(posts: str) -> str:
    return "_".join(_listed(posts))


def _shifts(posts: list[str]) -> Table:
    mine = rosters.filter(rosters.post.isin(posts))
    sections = units.filter(units.level == "section").select("parent_code", unit="unit_code")
    placed = mine.left_join(sections, mine.unit_code == sections.unit)
    known = placed.select(
        "officer_id", house=placed.parent_code.fill_null(placed.unit_code), begins=placed.starts_at, ends=placed.ends_at
    ).distinct()
    return known.mutate(slot=ibis.dense_rank().over(order_by=["house", "begins", "ends"]).cast("int32"))


def _lodged(known: Table) -> Table:
    slots = known.select("house", "begins", "ends", "slot").distinct()
    slots = slots.mutate(on=ibis.range(day_number(slots.begins), day_number(slots.ends) + 1).unnest())
    entries = declarations.select(
        "entry_id", "unit_code", at="declared_at", on=day_number(declarations.declared_at),
        trader=declarations.agent_id.nullif("").fill_null(declarations.consignee_id),
    )  # fmt: skip
    both = entries.inner_join(
        slots, [entries.unit_code == slots.house, "on", entries["at"] >= slots.begins, entries["at"] < slots.ends]
    )
    return both.select("entry_id", "trader", "house", "slot", "on")
