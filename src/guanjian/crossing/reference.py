"""Reference data: who and where we are is taken from the lake's `units` and `officers`; holidays are the office's own."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files
from pathlib import Path

from django.db import transaction

from guanjian.customs.codes import districts
from guanjian.ingest.lake import Lake
from guanjian.moving.verbs import note
from guanjian.org import calendar
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Appointment, Holiday, Person, Posting, Unit
from guanjian.org.posts import Post, UnitLevel

HEADQUARTERS = "0000"
LEADERS = {UnitLevel.SECTION: Post.SECTION_CHIEF, UnitLevel.HOUSE: Post.HOUSE_LEADER}
POSTS = {
    "case": Post.POLICE,
    "intelligence": Post.POLICE,
    "risk": Post.RISK,
    "internal_audit": Post.OVERSIGHT,
    "discipline": Post.OVERSIGHT,
}
FRONT_LINE = {
    *("doc_review", "valuation", "classification", "origin", "examination", "release"),
    *("post_audit", "bonded", "passenger", "field"),
}


def post_in_the_office(post: str, level: str, kind: str) -> Post | None:
    """The office post that a post of the `officers` table means in a unit of this level and kind; None: no part in loops."""
    if post == "management":
        return Post.POLICE_LEADER if kind == "police" else LEADERS.get(UnitLevel(level), Post.LEADER)
    if post == "legal":
        return Post.POLICE_LEGAL if kind == "police" else Post.FUNCTION
    return Post.FRONTLINE if post in FRONT_LINE else POSTS.get(post)


@transaction.atomic
def plant_headquarters() -> None:
    """Headquarters, the 42 districts and their anti-smuggling bureaux, as shipped; what is there already stays."""
    _unit(HEADQUARTERS, "海关总署", "General Administration", level="hq", district_code=HEADQUARTERS)
    _unit(
        "00P0",
        "总署缉私局",
        "Anti-Smuggling Bureau",
        level="hq",
        kind="police",
        parent_id=HEADQUARTERS,
        district_code="0000",
    )
    for place in districts():
        where = {"district_code": place.code, "peer_group": place.peer_group, "lon": place.lon, "lat": place.lat}
        _unit(place.code, place.name.zh, place.name.en, level="district", parent_id=HEADQUARTERS, **where)
        name = place.name.filled()
        _unit(
            place.code[:2] + "P0",
            f"{name.zh}缉私局",
            f"{name.en} Anti-Smuggling Bureau",
            level="district",
            kind="police",
            parent_id=place.code,
            **where,
        )


def _unit(code: str, name_zh: str, name_en: str, **rest) -> None:
    Unit.objects.get_or_create(code=code, defaults={"name_zh": name_zh, "name_en": name_en, **rest})


def _rows(lake: Lake, table: str) -> list[dict]:
    import duckdb

    with duckdb.connect() as connection:
        return connection.sql(lake.select(table)).to_arrow_table().to_pylist()


@transaction.atomic
def take_units(lake: Lake) -> int:
    """Houses and sections of the lake's `units` become units of the office; returns how many rows were read."""
    rows = sorted(_rows(lake, "units"), key=lambda row: list(UnitLevel).index(UnitLevel(row["level"])))
    parents = {row["unit_code"]: row for row in rows}
    for row in rows:
        house = row if row["level"] == "house" else parents.get(row["parent_code"] or "", {})
        Unit.objects.update_or_create(
            code=row["unit_code"],
            defaults={
                "name_zh": row["name"],
                "name_en": row["name_en"] or row["name"],
                "level": _level(row, parents.get(row["parent_code"] or "", row)),
                "kind": row["kind"],
                "parent_id": row["parent_code"],
                "district_code": row["district_code"] or HEADQUARTERS,
                "house_code": house["unit_code"] if house.get("level") == "house" else "",
                "peer_group": row["peer_group"] or "",
                "lon": row["lon"],
                "lat": row["lat"],
            },
        )
    note("reference.units", str(lake.root.name), SYSTEM, {"rows": len(rows)})
    return len(rows)


def _level(row: dict, parent: dict) -> str:
    """A bureau reaches as far as the customs unit beside which it stands, whatever size the facts give it."""
    return parent["level"] if row["kind"] == "police" != parent["kind"] else row["level"]


@transaction.atomic
def take_officers(lake: Lake, since: date) -> int:
    """The lake's `officers` who have left no post become people of the office, with a post where they have a part in loops.

    The register of postings learns since when they have served there: the appointment says only since when they act here.
    """
    units = Unit.objects.in_bulk()
    rows = [row for row in _rows(lake, "officers") if row["left_post_on"] is None and row["unit_code"] in units]
    Person.objects.bulk_create(
        [Person(username=row["officer_id"], name_zh=row["name"], password="!") for row in rows], ignore_conflicts=True
    )
    people = Person.objects.in_bulk([row["officer_id"] for row in rows], field_name="username")
    placed = set(Appointment.objects.filter(until=None).values_list("person__username", flat=True))
    new = [(row, units[row["unit_code"]]) for row in rows if row["officer_id"] not in placed]
    held = [(row, unit, post_in_the_office(row["post"], unit.level, unit.kind)) for row, unit in new]
    Appointment.objects.bulk_create(
        Appointment(person=people[row["officer_id"]], post=post, unit=unit, since=since)
        for row, unit, post in held
        if post
    )
    Posting.objects.bulk_create(
        [
            Posting(person_id=row["officer_id"], unit_code=unit.code, post=post, since=row["in_post_since"])
            for row, unit, post in held
            if post
        ],
        ignore_conflicts=True,
    )
    note("reference.officers", str(lake.root.name), SYSTEM, {"rows": len(rows)})
    return len(rows)


@transaction.atomic
def plant_holidays(path: Path | None = None) -> int:
    """The shipped holiday table, or one of the same columns (day, kind, name, provisional), replaces the days it names."""
    source = path or files("guanjian.org") / "holidays.csv"
    rows = list(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))
    for row in rows:
        Holiday.objects.update_or_create(
            day=date.fromisoformat(row["day"]),
            defaults={"kind": row["kind"], "name": row["name"], "provisional": row["provisional"] == "1"},
        )
    calendar.changed()
    return len(rows)
