"""One enterprise from all sides, as far as this actor's territory goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guanjian.lenses.glass import lake_at, rows, territory
from guanjian.org.actor import Actor


def enterprise(actor: Actor, path: Path, enterprise_id: str) -> dict[str, Any]:
    """Master data, totals, and the newest declarations as consignee or agent; empty lists when nothing is in reach."""
    lake = lake_at(path)
    inside, values = territory(actor, lake)
    mine = f"SELECT * FROM ({lake.select('declarations')}) WHERE (consignee_id = ? OR agent_id = ?) AND {inside}"
    given = [enterprise_id, enterprise_id, *values]
    totals = f"""
        SELECT count(*) AS declarations, sum(value_cny) AS value_cny, sum(tax_cny) AS tax_cny,
               min(declared_at) AS first_at, max(declared_at) AS last_at, count(DISTINCT unit_code) AS units
        FROM ({mine})"""
    finds = f"""
        SELECT count(*) AS examined, count(*) FILTER (finding) AS found
        FROM ({lake.select("examinations")}) SEMI JOIN ({mine}) USING (entry_id)"""
    return {
        "master": rows(f"SELECT * FROM ({lake.select('enterprises')}) WHERE enterprise_id = ?", [enterprise_id]),
        "totals": rows(totals, given)[0],
        "examinations": rows(finds, given)[0],
        "newest": rows(f"{mine} ORDER BY declared_at DESC LIMIT 20", given),
    }
