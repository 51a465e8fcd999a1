"""Places: was the work done where it should be, could the person have moved so fast, did the vehicle keep its way?"""

from __future__ import annotations

from guanjian.engine.controls.template import Act, Count, Question, Word, one_of, template

EARTH_M = 6371000


def metres(lon1: str, lat1: str, lon2: str, lat2: str) -> str:
    """The great-circle distance in metres (haversine); nothing where a coordinate is missing (LEAST would hide that)."""
    half = (
        f"sin(radians({lat2} - {lat1}) / 2) * sin(radians({lat2} - {lat1}) / 2) + cos(radians({lat1})) * "
        f"cos(radians({lat2})) * sin(radians({lon2} - {lon1}) / 2) * sin(radians({lon2} - {lon1}) / 2)"
    )
    return f"{2 * EARTH_M} * asin(sqrt(CASE WHEN {half} > 1 THEN 1 ELSE {half} END))"


_POINT = {"lon": ("a",), "lat": ("a",), "place_lon": ("a",), "place_lat": ("a",)}


@template(
    "within",
    ("在作业地点", "At the place"),
    ("每次“{a}”都在作业地点{metres_allowed}米以内", "Every “{a}” is within {metres_allowed} m of the place"),
    columns=_POINT,
)
def within(q: Question, a: Act, metres_allowed: Count = 500) -> str:
    away = metres("lon", "lat", "place_lon", "place_lat")
    return f"SELECT o, n, 'far' AS why FROM {q.log} WHERE {one_of('a', a)} AND {away} > {metres_allowed}"


@template(
    "reached",
    ("到达作业地点", "Place reached"),
    ("“{a}”的轨迹至少有一点在作业地点{metres_allowed}米以内", "Some “{a}” is within {metres_allowed} m of the place"),
    columns=_POINT,
)
def reached(q: Question, a: Act, metres_allowed: Count = 500) -> str:
    """The nearest any point came; the evidence is every point of the track."""
    away = metres("lon", "lat", "place_lon", "place_lat")
    never = f"SELECT o FROM {q.log} WHERE {one_of('a', a)} GROUP BY o HAVING min({away}) > {metres_allowed}"
    return f"SELECT l.o, l.n, 'far' AS why FROM {q.log} l JOIN ({never}) v ON v.o = l.o WHERE {one_of('l.a', a)}"


@template(
    "speed",
    ("移动速度", "Speed"),
    ("同一人相邻两次“{a}”之间的速度不超过{kmh}公里/小时", "Between two “{a}” of one person at most {kmh} km/h"),
    columns={"who": ("a",), "lon": ("a",), "lat": ("a",)},
    across=True,
)
def speed(q: Question, a: Act, kmh: Count = 150, empty: Word = "unknown") -> str:
    """Over all objects of the person; two places at one moment are the fastest of all. Within 200 m nothing is said."""
    order = "OVER (PARTITION BY who ORDER BY t, n)"
    lags = ", ".join(f"lag({c}) {order} AS {c}0" for c in ("o", "n", "t", "lon", "lat"))
    moves = (
        f"SELECT o, n, t, lon, lat, {lags} FROM {q.log} WHERE {one_of('a', a)} AND who IS NOT NULL "
        "AND lon IS NOT NULL AND lat IS NOT NULL"
    )
    apart = f"SELECT *, {metres('lon0', 'lat0', 'lon', 'lat')} AS m FROM ({moves}) v WHERE n0 IS NOT NULL"
    fast = f"m > 200 AND m * 3.6 > {kmh} * extract(epoch FROM (t - t0))"
    return (
        f"SELECT o, n, 'speed' AS why FROM ({apart}) p WHERE {fast} "
        f"UNION SELECT o0, n0, 'speed' FROM ({apart}) p WHERE {fast}"
    )


@template(
    "on_route",
    ("沿既定路线", "On the route"),
    (
        "“{a}”偏离起点到作业地点的直线不超过{metres_allowed}米",
        "“{a}” strays at most {metres_allowed} m from the way to the place",
    ),
    columns={**_POINT, "from_lon": ("a",), "from_lat": ("a",)},
)
def on_route(q: Question, a: Act, metres_allowed: Count = 5000) -> str:
    """The distance of the point from the segment start–place, on a plane tangent at the start."""
    east = "cos(radians(from_lat)) * 111194.93"
    points = (
        f"SELECT o, n, (lon - from_lon) * {east} AS px, (lat - from_lat) * 111194.93 AS py, "
        f"(place_lon - from_lon) * {east} AS qx, (place_lat - from_lat) * 111194.93 AS qy "
        f"FROM {q.log} WHERE {one_of('a', a)}"
    )
    share = (
        "SELECT o, n, px, py, qx, qy, CASE WHEN qx * qx + qy * qy = 0 THEN 0 "
        "ELSE least(1, greatest(0, (px * qx + py * qy) / (qx * qx + qy * qy))) END AS u "
        f"FROM ({points}) p"
    )
    off = "sqrt((px - u * qx) * (px - u * qx) + (py - u * qy) * (py - u * qy))"
    return f"SELECT o, n, 'astray' AS why FROM ({share}) s WHERE {off} > {metres_allowed}"
