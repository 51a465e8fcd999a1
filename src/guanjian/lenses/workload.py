"""How much do the police of each district have to do? Cases, value and load a head over three years, in three classes (A5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path

from guanjian.kernel.words import Names
from guanjian.kernel.workdays import add_months
from guanjian.lenses.glass import lake_at, rows, territory
from guanjian.org.actor import Actor

MONTHS = 36


class Size(Names):
    """The class of a district: thirds of all districts by their load."""

    LARGE = "large", "大", "Large"
    MEDIUM = "medium", "中", "Medium"
    SMALL = "small", "小", "Small"


@dataclass(frozen=True)
class Weights:
    """How much each measure counts (默认参数，待核定 · proposed default): a dated parameter, `workload.weights`."""

    criminal: float = 0.3
    administrative: float = 0.2
    value: float = 0.2
    a_head: float = 0.3

    @classmethod
    def read(cls, told: Mapping[str, float]) -> Weights:
        """The parameter's values; what it does not name stays as shipped."""
        return cls(**{field.name: float(told.get(field.name, field.default)) for field in fields(cls)})


@dataclass(frozen=True)
class Load:
    """One district: the yearly means of three years, its load (1 is the mean of all districts), its class."""

    district_code: str
    criminal: float
    administrative: float
    value_cny: float
    officers: int
    a_head: float
    load: float
    size: Size


def workload(actor: Actor, path: Path, day: date, weights: Weights) -> list[Load]:
    """The districts within this actor's reach, the heaviest first; classed among all districts of the lake."""
    lake = lake_at(path)
    within, values = territory(actor, lake, "district_code")
    since = add_months(day, -MONTHS)
    measured = f"""
        WITH units AS ({lake.select("units")}), cases AS ({lake.select("cases")}), officers AS ({lake.select("officers")}),
        districts AS (SELECT DISTINCT district_code FROM units WHERE district_code NOT IN ('', '0000')),
        filed AS (
            SELECT u.district_code, count(*) FILTER (c.kind = 'criminal') / 3 AS criminal,
                   count(*) FILTER (c.kind = 'administrative') / 3 AS administrative,
                   coalesce(sum(c.value_cny), 0)::DOUBLE / 3 AS value_cny
            FROM cases AS c JOIN units AS u USING (unit_code)
            WHERE c.filed_at >= ?::TIMESTAMP AND c.filed_at < ?::TIMESTAMP GROUP BY ALL),
        force AS (
            SELECT u.district_code, count(*) AS officers FROM officers AS o JOIN units AS u USING (unit_code)
            WHERE o.personnel_line = 'police' AND o.left_post_on IS NULL GROUP BY ALL),
        each AS (
            SELECT district_code, coalesce(criminal, 0) AS criminal, coalesce(administrative, 0) AS administrative,
                   coalesce(value_cny, 0) AS value_cny, coalesce(officers, 0) AS officers,
                   coalesce((criminal + administrative) / officers, 0) AS a_head
            FROM districts LEFT JOIN filed USING (district_code) LEFT JOIN force USING (district_code)),
        shares AS (
            SELECT *, {_share("criminal")} + {_share("administrative")} + {_share("value_cny")} + {_share("a_head")} AS load
            FROM each),
        classed AS (SELECT *, ntile(3) OVER (ORDER BY load DESC, district_code) AS third FROM shares)
        SELECT district_code, criminal, administrative, value_cny, officers, a_head, load, third
        FROM classed WHERE {within} ORDER BY load DESC, district_code"""
    told = rows(measured, [since.isoformat(), day.isoformat(), *astuple(weights), *values])
    sizes = list(Size)
    return [Load(**{name: one[name] for name in one if name != "third"}, size=sizes[one["third"] - 1]) for one in told]


def _share(column: str) -> str:
    """A measure against the mean of all districts, weighted; nothing where nobody has any."""
    return f"? * coalesce({column} / nullif(avg({column}) OVER (), 0), 0)"
