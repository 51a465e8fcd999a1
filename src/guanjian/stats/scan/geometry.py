"""How far apart are two places? Distances and nearest-first orders, in SaTScan's conventions."""

from __future__ import annotations

import numpy as np
from scipy.sparse.csgraph import dijkstra

EARTH_KM = 6367.0  # the radius that SaTScan uses


def on_sphere(lonlat: np.ndarray) -> np.ndarray:
    """Longitude, latitude in degrees, shape (P, 2), to points (P, 3) in km: chords order as great circles do."""
    lon, lat = np.radians(np.asarray(lonlat, float)).T
    return EARTH_KM * np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def distances(points: np.ndarray, geographic: bool = False) -> np.ndarray:
    """All distances (P, P): straight for Cartesian points; km along the great circle for longitude, latitude."""
    if not geographic:
        return _straight(np.asarray(points, float))
    chord = _straight(on_sphere(points))
    return 2 * EARTH_KM * np.arcsin(np.clip(chord / (2 * EARTH_KM), 0, 1))


def _straight(points: np.ndarray) -> np.ndarray:
    gaps = points[:, None, :] - points[None, :, :]
    return np.sqrt((gaps**2).sum(axis=2))


def network_distances(links: np.ndarray) -> np.ndarray:
    """Shortest way between places over a network; `links` (P, P) holds lengths, 0 where there is no link."""
    return dijkstra(np.asarray(links, float), directed=False)


def nearest_first(gaps: np.ndarray, most: int | None = None) -> np.ndarray:
    """For each place all places by distance, itself first, ties by input order; unreachable ones become -1."""
    order = np.argsort(gaps, axis=1, kind="stable")[:, :most]
    reached = np.isfinite(np.take_along_axis(gaps, order, axis=1))
    return np.where(reached, order, -1).astype(np.int32)
