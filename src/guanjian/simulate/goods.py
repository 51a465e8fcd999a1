"""What is traded, and what does it honestly cost? Commodities by origin, with level, spread, season and quantity discount."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources

import numpy as np
import pyarrow as pa

from guanjian.simulate.staff import GROUPS

SUFFIXES = ("0010", "0090", "1000", "9000", "0020", "0099")
IMPORT, EXPORT = range(2)
CURRENCIES = {"USD": 7.1, "EUR": 8.1, "CNY": 1.0, "JPY": 0.047}
CURRENCY_SHARE = np.array([0.76, 0.11, 0.09, 0.04])
PARTNERS = ("USA", "HKG", "JPN", "KOR", "VNM", "DEU", "IND", "NLD", "MYS", "GBR", "THA", "RUS", "BRA", "ARE", "IDN")
MEAN_KG = 1.06


@dataclass
class Goods:
    """One place per cell (commodity × origin × direction); word lists beside it."""

    hs: pa.Array  # ten-digit codes, by commodity
    names: pa.Array
    units: pa.Array
    countries: pa.Array
    commodity: np.ndarray
    origin: np.ndarray
    way: np.ndarray  # IMPORT or EXPORT
    level: np.ndarray  # CNY per unit
    spread: np.ndarray  # honest spread of a price (log)
    discount: np.ndarray  # how much a price falls with the quantity (log per log)
    season: np.ndarray  # half the swing over the year (log)
    phase: np.ndarray
    kg: np.ndarray
    rate: np.ndarray
    risk: np.ndarray
    group: np.ndarray
    unit: np.ndarray
    popularity: np.ndarray

    @property
    def count(self) -> int:
        return len(self.level)

    def price(self, cell: np.ndarray, quantity: np.ndarray, day_of_year: int, noise: np.ndarray) -> np.ndarray:
        """The honest price per unit on a day; `noise` is a standardised deviation."""
        usual = self.level[cell] * np.exp(self.season[cell] * np.sin(2 * np.pi * day_of_year / 365 + self.phase[cell]))
        volume = np.log1p(quantity * self.level[cell]) - 10.0
        return usual * np.exp(self.spread[cell] * noise - self.discount[cell] * volume)


def headings() -> list[dict[str, str]]:
    """The commodities that the simulation knows: heading, name, unit, rough price level, weight, rate, group, origins."""
    with (resources.files(f"{__package__}.data") / "goods.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def stock(declarations: int, rng: np.random.Generator) -> Goods:
    """Every cell of the administration: more ten-digit variants per heading where there is more trade."""
    variants = int(np.clip(round(2 * (declarations / 200_000) ** 0.25), 1, len(SUFFIXES)))
    commodities = [(row, suffix) for row in headings() for suffix in SUFFIXES[:variants]]
    cells = [cell for place, (row, _) in enumerate(commodities) for cell in _cells(place, row)]
    commodity, origin, way, share = (np.array(column) for column in zip(*cells, strict=True))
    rows = [commodities[place][0] for place in commodity]
    base = np.exp(rng.normal(0, 0.25, len(commodities)))  # variants of a heading differ in price
    popular = np.exp(rng.normal(0, 0.9, len(commodities)))
    units = sorted({row["unit"] for row, _ in commodities})
    countries = sorted(set(origin))
    count = len(cells)
    return Goods(
        hs=pa.array([row["hs6"] + suffix for row, suffix in commodities]),
        names=pa.array([f"{row['name']}（规格{place % variants + 1}）" for place, (row, _) in enumerate(commodities)]),
        units=pa.array(units),
        countries=pa.array(countries),
        commodity=commodity,
        origin=np.searchsorted(countries, origin),
        way=way,
        level=_numbers(rows, "price_cny") * base[commodity] * np.exp(rng.normal(0, 0.12, count)),
        spread=rng.uniform(0.06, 0.2, count),
        discount=rng.uniform(0.005, 0.02, count),
        season=rng.uniform(0.0, 0.05, count),
        phase=rng.uniform(0, 2 * np.pi, count),
        kg=_numbers(rows, "kg"),
        rate=np.where(way == IMPORT, _numbers(rows, "rate"), 0.0),
        risk=_numbers(rows, "risk"),
        group=np.array([GROUPS.index(row["group"]) for row in rows]),
        unit=np.array([units.index(row["unit"]) for row in rows]),
        popularity=share * popular[commodity],
    )


def _numbers(rows: list[dict[str, str]], key: str) -> np.ndarray:
    return np.array([float(row[key]) for row in rows])


def _cells(place: int, row: dict[str, str]) -> list[tuple[int, str, int, float]]:
    cells = []
    if row["flow"] in "ib":
        origins = [part.split(":") for part in row["origins"].split("|")]
        total = sum(float(weight) for _, weight in origins)
        cells += [(place, country, IMPORT, float(weight) / total) for country, weight in origins if country != "CHN"]
    if row["flow"] in "eb":
        cells.append((place, "CHN", EXPORT, 1.0))
    return cells
