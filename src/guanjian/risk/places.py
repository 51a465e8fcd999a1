"""Where do the units lie, and who reaches whom? Their map, the districts that hold them, and the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from guanjian.customs.codes import districts
from guanjian.kernel.errors import BadInput
from guanjian.stats.scan import Zones, circles, joined
from guanjian.stats.scan.geometry import distances, nearest_first

NEAR_KM = 500.0  # the distance over which reach falls to a third


@dataclass(frozen=True)
class Places:
    """Units in a fixed order with longitude and latitude (P, 2), their district and their peer group."""

    codes: tuple[str, ...]
    points: np.ndarray
    district: tuple[str, ...]
    peers: tuple[str, ...]

    @property
    def districts(self) -> tuple[str, ...]:
        """The districts that hold a unit, in the order of their codes."""
        return tuple(sorted(set(self.district)))

    @cached_property
    def group(self) -> np.ndarray:
        """The number of each unit's district."""
        number = {code: i for i, code in enumerate(self.districts)}
        return np.array([number[code] for code in self.district])

    def zones(self, neighbours: int) -> Zones:
        """Circles of near units, and circles of near districts, each with all its units."""
        alone = len(self.districts) == len(self.codes)
        near = circles(self.points, geographic=True, neighbours=None if alone else neighbours)
        return near if alone else joined(near, self._whole_districts())

    def _whole_districts(self) -> Zones:
        middles = np.array([self.points[self.group == g].mean(axis=0) for g in range(len(self.districts))])
        near = nearest_first(distances(middles, True))
        members = [np.flatnonzero(self.group == g) for g in range(len(self.districts))]
        order = np.array([np.concatenate([members[g] for g in row]) for row in near], np.int32)
        stop = np.zeros(order.shape, bool)
        ends = np.cumsum([[len(members[g]) for g in row] for row in near], axis=1) - 1
        np.put_along_axis(stop, ends, True, axis=1)
        return Zones(order, stop, np.array([m[0] for m in members]), len(self.codes))

    def reach(self, shared: np.ndarray | None = None) -> np.ndarray:
        """W (P, P): how much of each unit reaches each other one; rows add up to 1. `shared` links weigh half."""
        near = np.exp(-distances(self.points, geographic=True) / NEAR_KM)
        parts = [_rows_of_one(near)]
        if shared is not None and shared.sum() > 0:
            parts.append(_rows_of_one(np.asarray(shared, float)))
        return sum(parts) / len(parts)


def _rows_of_one(links: np.ndarray) -> np.ndarray:
    links = links.copy()
    np.fill_diagonal(links, 0.0)
    return links / np.maximum(links.sum(axis=1, keepdims=True), 1e-12)


def places_of(rows: Iterable[Mapping]) -> Places:
    """From rows of the table `units`; a unit without a position stands where its district's city is."""
    known = {d.code: d for d in districts()}
    found = sorted({row["unit_code"]: row for row in rows}.values(), key=lambda row: row["unit_code"])
    if not found:
        raise BadInput("没有单位可判断。", "There are no units to judge.")
    district = tuple(row.get("district_code") or row["unit_code"] for row in found)
    points = []
    for row, code in zip(found, district, strict=True):
        lon, lat = row.get("lon"), row.get("lat")
        if lon is None or lat is None or lon != lon:
            if code not in known:
                raise BadInput(
                    f"单位 {row['unit_code']} 没有坐标，所属关区 {code} 也不在册。",
                    f"Unit {row['unit_code']} has no position, and its district {code} is not on the register.",
                )
            lon, lat = known[code].lon, known[code].lat
        points.append((float(lon), float(lat)))
    peers = tuple(
        row.get("peer_group") or (known[d].peer_group if d in known else "")
        for row, d in zip(found, district, strict=True)
    )
    return Places(tuple(row["unit_code"] for row in found), np.array(points), district, peers)


def all_districts() -> Places:
    """The 42 districts as the units themselves."""
    return places_of({"unit_code": d.code, "lon": d.lon, "lat": d.lat, "peer_group": d.peer_group} for d in districts())
