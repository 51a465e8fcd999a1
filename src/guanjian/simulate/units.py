"""Which offices are there? Headquarters, 42 districts, their houses and sections, and the police bureaux."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import numpy as np

from guanjian.customs.codes import districts as registered
from guanjian.simulate.period import OFFICE, ROUND_THE_CLOCK, SEVEN_DAYS

HQ = "0000"
ONE_OFFICER, SMALL, FULL = range(3)  # how many hands a house has
PORTS = {"sea": "2", "air": "5", "road": "4", "rail": "3", "zone": "7"}  # transport codes
KINDS = {"sea": "港区", "air": "机场", "road": "口岸", "rail": "车站", "zone": "综保区"}
KINDS_EN = {"sea": "Port", "air": "Airport", "road": "Crossing", "rail": "Station", "zone": "Zone"}


@cache
def districts() -> list[dict]:
    """The 42 districts: code, names, position, peer group, and their rough weight and main port in the simulation."""
    with (resources.files(f"{__package__}.data") / "volumes.csv").open(encoding="utf-8") as file:
        volumes = {row["code"]: row for row in csv.DictReader(file)}
    return [
        {"name": d.name.zh, "name_en": d.name.en, "lon": d.lon, "lat": d.lat, "peer": d.peer_group} | volumes[d.code]
        for d in registered()
    ]


@dataclass
class Units:
    """Every unit by its place in `codes`; the first `len(district)` of them are the houses."""

    codes: list[str] = field(default_factory=list)
    rows: list[dict] = field(default_factory=list)
    district: np.ndarray = field(default_factory=lambda: np.empty(0, int))  # per house: which district
    weight: np.ndarray = field(default_factory=lambda: np.empty(0))  # per house: share of the volume
    schedule: np.ndarray = field(default_factory=lambda: np.empty(0, int))
    transport: np.ndarray = field(default_factory=lambda: np.empty(0, int))
    hands: np.ndarray = field(default_factory=lambda: np.empty(0, int))

    @property
    def houses(self) -> int:
        return len(self.district)

    def add(self, code: str, **row) -> int:
        """Registers a unit and gives its place."""
        self.codes.append(code)
        self.rows.append({"unit_code": code, **row})
        return len(self.codes) - 1

    def district_code(self, house: int) -> str:
        """The code of the district that a house belongs to."""
        return districts()[self.district[house]]["code"]


def found(rng: np.random.Generator) -> Units:
    """Founds the houses: about six per district, of very unequal size, some with a single officer."""
    units, ports, listed = Units(), list(PORTS), []
    for number, row in enumerate(districts()):
        volume = float(row["weight"])
        count = int(np.clip(round(3.2 + volume**0.45 + rng.normal(0, 0.8)), 3, 14))
        shares = np.sort(rng.pareto(1.1, count) + 0.25)[::-1]
        for place, share in enumerate(volume * shares / shares.sum()):
            port = row["port"] if place == 0 or rng.random() < 0.45 else ports[rng.integers(5)]
            listed.append((number, place + 1, share, port))
    units.district = np.array([house[0] for house in listed])
    units.weight = np.array([house[2] for house in listed]) / sum(house[2] for house in listed)
    units.transport = np.array([ports.index(house[3]) for house in listed])
    _open_hours(units, rng)
    for house in listed:
        _register(units, house, rng)
    return units


def _open_hours(units: Units, rng: np.random.Generator) -> None:
    big = units.weight > 0.004
    night = big & (rng.random(units.houses) < np.where(units.transport == 2, 0.75, 0.45))
    units.schedule = np.where(night, ROUND_THE_CLOCK, np.where(big | (units.weight > 0.0015), SEVEN_DAYS, OFFICE))
    units.hands = np.where(units.weight < 0.0004, SMALL, FULL)
    smallest = np.argsort(units.weight)[: max(8, units.houses // 14)]
    units.hands[smallest], units.schedule[smallest] = ONE_OFFICER, OFFICE
    units.weight[smallest] = np.maximum(units.weight[smallest], 1.5e-4)
    units.weight /= units.weight.sum()


def _register(units: Units, house: tuple, rng: np.random.Generator) -> None:
    number, place, _, port = house
    row = districts()[number]
    units.add(
        f"{row['code'][:2]}{place:02d}",
        name=f"{row['name']}模拟{place}号{KINDS[port]}",
        name_en=f"{row['name_en']} simulated {KINDS_EN[port]} {place}",
        level="house",
        parent_code=row["code"],
        district_code=row["code"],
        kind="customs",
        peer_group=row["peer"],
        lon=round(float(row["lon"]) + rng.normal(0, 0.25), 4),
        lat=round(float(row["lat"]) + rng.normal(0, 0.2), 4),
    )


def add_superiors(units: Units) -> dict[str, list[int]]:
    """Headquarters, the districts and the police bureaux; their places: `district` and `police`, by district."""
    top = {"name_en": "HQ (simulation)", "level": "hq", "kind": "customs", "lon": 116.4275, "lat": 39.9030}
    units.add(HQ, name="海关总署（模拟）", parent_code=None, **top)
    bureau = {"level": "section", "kind": "police"}
    units.add(
        "00P0", name="总署缉私局（模拟）", name_en="HQ anti-smuggling bureau (simulation)", parent_code=HQ, **bureau
    )
    places: dict[str, list[int]] = {"district": [], "police": []}
    for row in districts():
        where = {
            "district_code": row["code"],
            "peer_group": row["peer"],
            "lon": float(row["lon"]),
            "lat": float(row["lat"]),
        }
        zh, en = f"{row['name']}（模拟）", f"{row['name_en']} (simulation)"
        district = {"name": zh, "name_en": en, "level": "district", "parent_code": HQ, "kind": "customs"}
        places["district"].append(units.add(row["code"], **district, **where))
        zh, en = f"{row['name']}缉私局（模拟）", f"{row['name_en']} anti-smuggling bureau (simulation)"
        names = {"name": zh, "name_en": en, "parent_code": row["code"]}
        places["police"].append(units.add(row["code"][:2] + "P0", **names, **bureau, **where))
    return places
