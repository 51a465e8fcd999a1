"""What became of a pair's work: the same trader's entries with this officer against those with all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pandas as pd
from ibis.expr.types import Table

from guanjian.engine.clock import hours_between
from guanjian.engine.tables import declarations, examinations
from guanjian.signals.lines import goods_lines
from guanjian.signals.together import TRADERS, hands
from guanjian.stats.difference import means_differ, shares_differ, together

if TYPE_CHECKING:
    from guanjian.engine.session import Session

PAIR = ["officer_id", "trader_id"]
PEERS = ["hs_code", "origin", "measure", "ie", "month"]
EMPTY = {
    "entries": 0,
    "examined": 0,
    "finds": 0,
    "timed": 0,
    "logs": 0.0,
    "squares": 0.0,
    "uplift_cny": 0.0,
    "gap": None,
}


def panels(session: Session, pairs: pd.DataFrame, activities: list[str]) -> list[dict]:
    """For each row of `pairs` (officer_id, trader_id, kind): the second stage, the consequences, the entries."""
    entries = session.lend("pair_entries", session.frame(_entries(session, pairs, activities)))
    sides = session.frame(_sides(entries))
    if session.holds("items"):
        sides = sides.merge(session.frame(_gaps(session, entries)), on=[*PAIR, "with_him"], how="left")
    mine = entries.filter(entries.with_him)
    ids = session.frame(mine.group_by(PAIR).agg(rows=mine.entry_id.collect(order_by=mine.entry_id)))
    rows = {(row["officer_id"], row["trader_id"]): list(row["rows"]) for row in ids.to_dict("records")}
    found = {(row["officer_id"], row["trader_id"], row["with_him"]): row for row in sides.to_dict("records")}
    return [
        _panel(found.get((*pair, True), EMPTY), found.get((*pair, False), EMPTY)) | {"rows": rows.get(pair, [])}
        for pair in zip(pairs["officer_id"], pairs["trader_id"], strict=True)
    ]


def _entries(session: Session, pairs: pd.DataFrame, activities: list[str]) -> Table:
    """Every entry of each pair's trader, and whether this officer had it in hand."""
    asked = session.lend("asked_pairs", pairs[[*PAIR, "kind"]].astype(str))
    parts = []
    for kind, column in TRADERS.items():
        wanted = asked.filter(asked.kind == kind).drop("kind")
        parts.append(declarations.inner_join(wanted, [declarations[column] == wanted.trader_id]))
    entries = ibis.union(*parts, distinct=False)
    touched = hands(activities).semi_join(asked, "officer_id").select("entry_id", "officer_id").distinct()
    both = entries.left_join(touched, ["entry_id", "officer_id"])
    return both.select(
        *PAIR,
        "entry_id",
        value=both.value_cny.cast("float64"),
        with_him=both.entry_id_right.notnull(),
        log_hours=ibis.ifelse(
            both.released_at > both.declared_at, hours_between(both.declared_at, both.released_at).ln(), None
        ),
    )


def _sides(entries: Table) -> Table:
    exams = examinations.semi_join(entries, "entry_id").group_by("entry_id")
    exams = exams.agg(found=ibis._.finding.any(), assessed=ibis._.assessed_value_cny.max().cast("float64"))
    both = entries.left_join(exams, "entry_id")
    return both.group_by(*PAIR, "with_him").agg(
        entries=both.count(),
        examined=both.found.count(),
        finds=both.found.fill_null(False).cast("int64").sum(),
        timed=both.log_hours.count(),
        logs=both.log_hours.sum().fill_null(0.0),
        squares=(both.log_hours * both.log_hours).sum().fill_null(0.0),
        uplift_cny=ibis.greatest(both.assessed - both.value, 0.0).sum().fill_null(0.0),
    )


def _gaps(session: Session, entries: Table) -> Table:
    """Mean logarithmic distance of unit values from the middle of their peers, by side."""
    lines = goods_lines(session).filter(ibis._.log_price.notnull())
    lines = lines.mutate(month=lines.on.truncate("M"))
    mine = lines.select("entry_id", "log_price", *PEERS).inner_join(
        entries.select(*PAIR, "entry_id", "with_him"), "entry_id"
    )
    middle = lines.semi_join(mine, PEERS).group_by(PEERS).agg(middle=ibis._.log_price.median())
    both = mine.inner_join(middle, PEERS)
    return both.group_by(*PAIR, "with_him").agg(gap=(both.log_price - both.middle).mean())


def _panel(his: dict, others: dict) -> dict:
    """The second stage (adjustments and clearance time, combined) and the figures of both sides."""
    both = (his, others)
    finds = shares_differ(tuple(int(s["finds"]) for s in both), tuple(int(s["examined"]) for s in both))
    hours = means_differ(
        tuple(s["logs"] for s in both), tuple(s["squares"] for s in both), tuple(int(s["timed"]) for s in both)
    )
    return {
        "second_stage": {
            "finds_p": finds,
            "hours_p": hours,
            "combined_p": together([finds, hours]),
            "comparable": min(s["examined"] for s in both) > 0 or min(s["timed"] for s in both) > 1,
        },
        "with_officer": _figures(his),
        "with_others": _figures(others),
    }


def _figures(side: dict) -> dict:
    examined, timed = int(side["examined"]), int(side["timed"])
    return {
        "entries": int(side["entries"]),
        "examined": examined,
        "find_rate": side["finds"] / examined if examined else None,
        "typical_hours": float(2.718281828459045 ** (side["logs"] / timed)) if timed else None,
        "uplift_cny": f"{side['uplift_cny']:.2f}",
        "log_price_gap": side.get("gap"),
    }
