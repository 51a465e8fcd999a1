"""FLD-02, read plainly."""

from itertools import pairwise
from math import acos, cos, radians, sin

from tests.signals.plain.tools import groups, month

LOOSE = {"cut": 1.0, "kmh": 150.0, "least_km": 2.0}


def read(world, cut, kmh, least_km):
    units = {job["job_id"]: job["unit_code"] for job in world["field_jobs"]}
    legs = []
    for officer, points in groups(world["track_points"], lambda point: point["officer_id"]).items():
        points = sorted(points, key=lambda p: (p["at"], p["job_id"], p["lon"], p["lat"]))
        for a, b in pairwise(points):
            speed = _km(a, b) / max((b["at"] - a["at"]).total_seconds() / 3600, 1 / 60)
            if _km(a, b) >= least_km and speed > kmh:
                legs.append((officer, units[b["job_id"]], month(b["at"]), speed))
    by = groups(legs, lambda leg: leg[:3])
    return [(*key, len(same), max(leg[3] for leg in same), kmh) for key, same in by.items() if len(same) >= cut]


def _km(a, b):
    """The angle between the two points, by the law of cosines."""
    lat, other, turn = radians(a["lat"]), radians(b["lat"]), radians(a["lon"] - b["lon"])
    return 6371.0088 * acos(min(1.0, sin(lat) * sin(other) + cos(lat) * cos(other) * cos(turn)))
