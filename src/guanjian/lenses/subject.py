"""One commodity, enterprise or industry watched together (联合监控): declarations, prices, finds, by month and by whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guanjian.lenses.comparison import About
from guanjian.lenses.glass import lake_at, rows, territory
from guanjian.org.actor import Actor

MONTHS, FIRST = 12, 20


def subject(actor: Actor, path: Path, about: About) -> dict[str, list[dict[str, Any]]]:
    """What is known about it within this actor's territory; empty lists when nothing is in reach."""
    lake = lake_at(path)
    reach, values = territory(actor, lake)
    inside, named = about.where(lake)
    mine = f"SELECT * FROM ({lake.select('declarations')}) WHERE {reach} AND {inside}"
    given = [*values, *named]
    finds = f"""
        SELECT entry_id, count(*) AS examined, count(*) FILTER (finding) AS found
        FROM ({lake.select("examinations")}) GROUP BY entry_id"""
    months = f"""
        SELECT strftime(declared_at, '%Y-%m') AS month, count(*) AS declarations, sum(value_cny) AS value_cny,
               sum(tax_cny) AS tax_cny, coalesce(sum(examined), 0)::BIGINT AS examined, coalesce(sum(found), 0)::BIGINT AS found
        FROM ({mine}) LEFT JOIN ({finds}) USING (entry_id) GROUP BY month ORDER BY month DESC LIMIT {MONTHS}"""
    traders = f"""
        SELECT consignee_id, count(*) AS declarations, sum(value_cny) AS value_cny,
               coalesce(sum(examined), 0)::BIGINT AS examined, coalesce(sum(found), 0)::BIGINT AS found
        FROM ({mine}) LEFT JOIN ({finds}) USING (entry_id)
        GROUP BY consignee_id ORDER BY found DESC, value_cny DESC, consignee_id LIMIT {FIRST}"""
    newest = f"{mine} ORDER BY declared_at DESC, entry_id LIMIT {FIRST}"
    asked = {"months": months, "traders": traders, "newest": newest}
    return {**{name: rows(sql, given) for name, sql in asked.items()}, "prices": _prices(lake, mine, given, about)}


def _prices(lake, mine: str, given: list, about: About) -> list[dict[str, Any]]:
    """Unit prices by commodity and unit of quantity: the middle, and the tenth from below and above."""
    narrowed, code = ("AND starts_with(hs_code, ?)", [about.code]) if about.kind == "hs_code" else ("", [])
    sql = f"""
        SELECT hs_code, quantity_unit, count(*) AS items, quantile_cont(price, 0.1) AS price_low,
               median(price) AS price_middle, quantile_cont(price, 0.9) AS price_high
        FROM (SELECT hs_code, quantity_unit, value_cny / quantity AS price
              FROM ({lake.select("items")}) SEMI JOIN ({mine}) USING (entry_id) WHERE quantity > 0 {narrowed})
        GROUP BY hs_code, quantity_unit ORDER BY items DESC, hs_code LIMIT {FIRST}"""
    return rows(sql, [*given, *code])
