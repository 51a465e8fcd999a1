"""How often was something found: inside a subject and outside of it, or before a day and after it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from guanjian.kernel.shares import Comparison, Share
from guanjian.lenses.glass import lake_at, rows, territory
from guanjian.org.actor import Actor

LOOK_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class About:
    """A subject: hs_code (or the beginning of one), enterprise or industry; nothing at all means everything."""

    kind: str = ""
    code: str = ""

    def where(self, lake) -> tuple[str, list[str]]:
        """The condition on a row of declarations, with its parameters."""
        match self.kind:
            case "hs_code":
                items = lake.select("items")
                return f"entry_id IN (SELECT entry_id FROM ({items}) WHERE starts_with(hs_code, ?))", [self.code]
            case "enterprise":
                return "(consignee_id = ? OR agent_id = ?)", [self.code, self.code]
            case "industry":
                traders = lake.select("enterprises")
                return f"consignee_id IN (SELECT enterprise_id FROM ({traders}) WHERE industry = ?)", [self.code]
            case _:
                return "true", []


def inside_and_outside(actor: Actor, path: Path, about: About, since: date, until: date) -> Comparison:
    """Find rates of the examinations in this actor's territory from `since` to `until`: outside first, inside second."""
    lake = lake_at(path)
    inside, named = about.where(lake)
    counted = _counted(actor, lake, f"CASE WHEN {inside} THEN 2 ELSE 1 END", named, (since, until))
    return Comparison(counted[1], counted[2])


def before_and_after(actor: Actor, path: Path, about: About, day: date, until: date) -> Comparison:
    """Find rates about one subject in this actor's territory: the year before `day` first, from `day` to `until` second."""
    lake = lake_at(path)
    inside, named = about.where(lake)
    side = f"CASE WHEN NOT ({inside}) THEN 0 WHEN CAST(started_at AS DATE) >= ? THEN 2 ELSE 1 END"
    counted = _counted(actor, lake, side, [*named, day], (day - LOOK_BACK, until))
    return Comparison(counted[1], counted[2])


def _counted(actor: Actor, lake, side: str, given: list, period: tuple[date, date]) -> dict[int, Share]:
    """Finds of examinations by side, of declarations within the territory; both sides always answer."""
    reach, values = territory(actor, lake)
    sql = f"""
        SELECT {side} AS side, count(*) FILTER (finding) AS found, count(*) AS examined
        FROM ({lake.select("examinations")}) JOIN ({lake.select("declarations")}) USING (entry_id)
        WHERE {reach} AND CAST(started_at AS DATE) BETWEEN ? AND ? GROUP BY side"""
    found = {row["side"]: Share(row["found"], row["examined"]) for row in rows(sql, [*given, *values, *period])}
    return {side: found.get(side, Share(0, 0)) for side in (1, 2)}
