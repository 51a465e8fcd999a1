"""How does each unit stand among its peers? Workload, power, discretion, past problems, stability. For the system: units, no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guanjian.kernel.workdays import add_months
from guanjian.lenses.glass import lake_at, rows

YEAR, THREE_YEARS = 12, 36
ENOUGH = 0.5  # of all weight: fewer factors than that make no class
CHOICE = ("price_review", "classify", "override", "amend", "cancel", "refund", "relief", "penalise", "lift_instruction")
DECIDING = (*CHOICE, "release", "approve", "instruct", "appoint", "procure", "pay", "dispose_asset", "levy", "transfer")
FACTORS = ("declared", "field", "cases", "concentration", "discretion", "history", "turnover")


@dataclass(frozen=True)
class Standing:
    """One house, district office or bureau: each factor, and its mean over the units of the same level, kind and peer group."""

    unit_code: str
    officers: int
    values: dict[str, float]
    means: dict[str, float]

    def load(self, weights: dict[str, float]) -> float | None:
        """Each factor against its mean, weighted; one of which no peer has anything does not count. None: too little is known."""
        known = {name: mean for name, mean in self.means.items() if mean > 0 and weights.get(name, 0) > 0}
        total = sum(weights[name] for name in known)
        if not total or total < ENOUGH * sum(weights.get(name, 0) for name in self.means):
            return None
        return sum(weights[n] * self.values[n] / mean for n, mean in known.items()) / total


def standings(path: Path, day: date) -> dict[str, Standing]:
    """Every unit with officers, by its code; what happened in its sections is its own."""
    lake = lake_at(path)
    tables = (
        "units",
        "officers",
        "declarations",
        "field_jobs",
        "cases",
        "events",
        "problems",
        "findings",
        "outcomes",
        "postings",
    )
    views = ", ".join(f"{name} AS ({lake.select(name)})" for name in tables)
    year, three = (add_months(day, -months).isoformat() for months in (YEAR, THREE_YEARS))
    means = ", ".join(f"avg({name}) OVER peers AS mean_{name}" for name in FACTORS)
    measured = f"""
        WITH {views}, {_places()}, {_counts(year, day.isoformat())}, {_power(year, day.isoformat())},
        {_past(three, year, day.isoformat())},
        each AS (
            SELECT w.unit_code, w.level, w.kind, w.peer_group, f.officers,
                   coalesce(d.n, 0) / f.officers AS declared, coalesce(j.n, 0) / f.officers AS field,
                   coalesce(c.n, 0) / f.officers AS cases, coalesce(p.concentration, 0) AS concentration,
                   coalesce(p.discretion, 0) AS discretion, coalesce(h.n, 0) / f.officers AS history,
                   coalesce(m.n, 0) / f.officers AS turnover
            FROM wholes AS w JOIN force AS f USING (unit_code) LEFT JOIN declared AS d USING (unit_code)
            LEFT JOIN jobs AS j USING (unit_code) LEFT JOIN filed AS c USING (unit_code)
            LEFT JOIN power AS p USING (unit_code) LEFT JOIN past AS h USING (unit_code)
            LEFT JOIN moved AS m USING (unit_code))
        SELECT unit_code, officers, {", ".join(FACTORS)}, {means} FROM each
        WINDOW peers AS (PARTITION BY level, kind, peer_group) ORDER BY unit_code"""
    return {row["unit_code"]: _standing(row) for row in rows(measured)}


def problems_by_line(path: Path, day: date) -> dict[tuple[str, str], int]:
    """By unit and business line: the problems that supervision established in three years; petitions are not established."""
    lake, three = lake_at(path), add_months(day, -THREE_YEARS).isoformat()
    told = f"""
        WITH units AS ({lake.select("units")}), problems AS ({lake.select("problems")}), {_places()}
        SELECT own, line_code, count(*) AS n FROM problems JOIN places USING (unit_code)
        WHERE source <> 'petition' AND found_on >= DATE '{three}' AND found_on < DATE '{day}'
        GROUP BY ALL"""
    return {(row["own"], row["line_code"]): row["n"] for row in rows(told)}


def _standing(row: dict) -> Standing:
    values = {name: float(row[name]) for name in FACTORS}
    return Standing(row["unit_code"], row["officers"], values, {name: float(row[f"mean_{name}"]) for name in FACTORS})


def _places() -> str:
    """A section's work is its house's, a bureau's its own; units of a level and kind are peers within 沿海, 沿边 or 内地."""
    return """
        places AS (
            SELECT u.unit_code, CASE WHEN u.level = 'section' AND above.kind = u.kind THEN above.unit_code ELSE u.unit_code END AS own
            FROM units AS u LEFT JOIN units AS above ON above.unit_code = u.parent_code),
        wholes AS (
            SELECT u.unit_code, u.level, u.kind, coalesce(d.peer_group, '') AS peer_group
            FROM units AS u LEFT JOIN units AS d ON d.unit_code = u.district_code WHERE u.unit_code IN (SELECT own FROM places))"""


def _counts(year: str, day: str) -> str:
    def counted(name: str, table: str, at: str) -> str:
        within = f"t.{at} >= TIMESTAMPTZ '{year} 00:00:00+08' AND t.{at} < TIMESTAMPTZ '{day} 00:00:00+08'"
        return f"""{name} AS (SELECT own AS unit_code, count(*) AS n FROM {table} AS t JOIN places USING (unit_code)
            WHERE {within} GROUP BY ALL)"""

    return ", ".join([
        "force AS (SELECT own AS unit_code, count(*) AS officers FROM officers JOIN places USING (unit_code) "
        "WHERE left_post_on IS NULL GROUP BY ALL)",
        counted("declared", "declarations", "declared_at"),
        counted("jobs", "field_jobs", "planned_start"),
        counted("filed", "cases", "filed_at"),
    ])  # fmt: skip


def _power(year: str, day: str) -> str:
    choice, deciding = (", ".join(f"'{one}'" for one in told) for told in (CHOICE, DECIDING))
    return f"""
        acts AS (
            SELECT own AS unit_code, officer_id, count(*) AS n, count(*) FILTER (activity IN ({choice})) AS choices,
                   count(*) FILTER (activity IN ({deciding})) AS decided
            FROM events JOIN places USING (unit_code)
            WHERE "at" >= TIMESTAMPTZ '{year} 00:00:00+08' AND "at" < TIMESTAMPTZ '{day} 00:00:00+08' GROUP BY ALL),
        power AS (
            SELECT unit_code, sum(choices) / sum(n) AS discretion,
                   coalesce(max(decided) FILTER (officer_id <> '') / nullif(sum(decided), 0), 0) AS concentration
            FROM acts GROUP BY ALL)"""


def _past(three: str, year: str, day: str) -> str:
    """Problems and confirmed findings of a unit's work; findings about people are in no unit's sum."""
    return f"""
        bad AS (
            SELECT own AS unit_code, CASE severity WHEN 'high' THEN 3 WHEN 'medium' THEN 2 ELSE 1 END
                   * CASE WHEN recurrence_of <> '' THEN 2 ELSE 1 END AS n
            FROM problems JOIN places USING (unit_code)
            WHERE source <> 'petition' AND found_on >= DATE '{three}' AND found_on < DATE '{day}'
            UNION ALL
            SELECT own, 2 FROM outcomes AS o JOIN findings AS f USING (finding_id) JOIN places AS p ON p.unit_code = f.unit_code
            WHERE o.verdict = 'confirmed' AND f.subject_type NOT IN ('officer', 'pair')
              AND o.decided_at >= TIMESTAMPTZ '{three} 00:00:00+08' AND o.decided_at < TIMESTAMPTZ '{day} 00:00:00+08'),
        past AS (SELECT unit_code, sum(n) AS n FROM bad GROUP BY ALL),
        moved AS (
            SELECT own AS unit_code, count(*) AS n FROM postings JOIN places USING (unit_code)
            WHERE ("from" >= DATE '{year}' AND "from" < DATE '{day}') OR ("to" >= DATE '{year}' AND "to" < DATE '{day}')
            GROUP BY ALL)"""
