"""Which sets of places can be a cluster? Circles, parts of the reporting tree, connected sets, network balls.

Every family has one shape: rows of places, each read from the left; a prefix of a row that ends at a stop is a zone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from guanjian.kernel.errors import BadInput
from guanjian.stats.scan.geometry import distances, nearest_first, network_distances


@dataclass(frozen=True)
class Zones:
    """`order` (R, K) places, -1 beyond the end; `stop` (R, K) where a zone ends; `centre` (R,) whose row it is."""

    order: np.ndarray
    stop: np.ndarray
    centre: np.ndarray
    places: int

    @property
    def length(self) -> np.ndarray:
        """How far each row must be read: one past its last stop."""
        reach = np.where(self.stop, np.arange(1, self.stop.shape[1] + 1), 0)
        return reach.max(axis=1, initial=0).astype(np.int32)

    def members(self, row: int, stop: int) -> np.ndarray:
        """The places of the zone that ends at position `stop` of a row."""
        return self.order[row, : stop + 1]

    def within(self, population: np.ndarray, share: float) -> Zones:
        """Only zones that hold at most this share of the population (SaTScan: a circle stops growing there)."""
        size = np.asarray(population, float)
        inside = np.where(self.order >= 0, size[self.order], 0).cumsum(axis=1)
        return Zones(self.order, self.stop & (inside <= share * size.sum() * (1 + 1e-12)), self.centre, self.places)


def _rows(rows: Sequence[Sequence[int]], places: int, centre: Sequence[int] | None = None) -> Zones:
    order = np.full((len(rows), max(map(len, rows))), -1, np.int32)
    stop = np.zeros(order.shape, bool)
    for i, row in enumerate(rows):
        order[i, : len(row)] = row
        stop[i, len(row) - 1] = True
    return Zones(order, stop, np.asarray(range(len(rows)) if centre is None else centre), places)


def circles(points: np.ndarray, geographic: bool = False, neighbours: int | None = None) -> Zones:
    """Circles round every place; places that share their coordinates enter together (SaTScan's one location)."""
    points = np.asarray(points, float)
    if points.ndim != 2 or points.shape[1] != 2 or not np.isfinite(points).all():
        raise BadInput("地点坐标须为两列数字。", "Places need two finite coordinates each.")
    return _balls(distances(points, geographic), neighbours, _same(points))


def network(links: np.ndarray, neighbours: int | None = None) -> Zones:
    """Balls on a network of shared agents, transfers or roads; `links` (P, P) are lengths, 0 = not linked."""
    return _balls(network_distances(links), neighbours, np.arange(len(links)))


def _same(points: np.ndarray) -> np.ndarray:
    return np.unique(points, axis=0, return_inverse=True)[1].reshape(-1)


def _balls(gaps: np.ndarray, neighbours: int | None, spot: np.ndarray) -> Zones:
    order = nearest_first(gaps, neighbours)
    here = np.where(order >= 0, spot[order], -1)
    ahead = np.column_stack([here[:, 1:], np.full(len(order), -2)])
    firsts = np.unique(spot, return_index=True)[1]
    rows = np.sort(firsts)
    stop = (order >= 0) & (here != ahead)
    return Zones(order[rows], stop[rows], rows, len(gaps))


def single(places: int) -> Zones:
    """Every place alone."""
    return _rows([[i] for i in range(places)], places)


def whole(places: int) -> Zones:
    """All places together: what a purely temporal or tree-only scan looks at."""
    return _rows([list(range(places))], places)


def administrative(groups: Mapping[str, Sequence[int]], places: int) -> Zones:
    """Each given set of places (a district's houses, the whole service), and every place alone."""
    rows = {(i,): None for i in range(places)} | {tuple(sorted(set(g))): None for g in groups.values() if len(g)}
    return _rows([list(row) for row in rows], places)


def adjacent(gaps: np.ndarray, touching: np.ndarray, neighbours: int = 5) -> Zones:
    """Every connected set among the nearest `neighbours` of a place that holds it (Tango & Takahashi 2005)."""
    if neighbours > 15:
        raise BadInput("相邻区域最多取15个近邻。", "Connected zones grow out of hand beyond 15 neighbours.")
    near = nearest_first(np.asarray(gaps, float), neighbours)
    links = [set(np.flatnonzero(row)) for row in np.asarray(touching)]
    seen: dict[tuple[int, ...], int] = {}
    for i, row in enumerate(near):
        for grown in _connected(i, {int(p) for p in row if p >= 0}, links):
            seen.setdefault(grown, i)
    return _rows([list(row) for row in seen], len(near), list(seen.values()))


def _connected(start: int, allowed: set[int], links: list[set[int]]) -> set[tuple[int, ...]]:
    found = {(start,)}
    edge = found
    while edge:
        edge = {
            tuple(sorted({*members, new}))
            for members in edge
            for new in set().union(*(links[m] for m in members)) & allowed - set(members)
        } - found
        found = found | edge
    return found


def joined(first: Zones, second: Zones) -> Zones:
    """Both families in one search; a zone that lies in both is looked at twice, which changes no maximum."""
    if first.places != second.places:
        raise BadInput("两组区域的地点数不同。", "The two families of zones are over different places.")
    wide = max(first.order.shape[1], second.order.shape[1])

    def padded(rows: np.ndarray, fill: int) -> np.ndarray:
        return np.pad(rows, ((0, 0), (0, wide - rows.shape[1])), constant_values=fill)

    return Zones(
        np.vstack([padded(first.order, -1), padded(second.order, -1)]),
        np.vstack([padded(first.stop, False), padded(second.stop, False)]),
        np.concatenate([first.centre, second.centre]),
        first.places,
    )
