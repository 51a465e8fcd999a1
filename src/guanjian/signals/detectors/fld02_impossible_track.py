"""FLD-02: an officer who would have had to fly from one field job to the next."""

import ibis

from guanjian.engine.clock import hours_between, month
from guanjian.engine.tables import field_jobs, track_points
from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param, detector

EARTH_KM = 6371.0088  # mean radius

EXAMPLE = """
field_jobs: job_id kind unit_code officers planned_start planned_end
j1 factory_visit 2201 甲 2026-03-02T09:00 2026-03-02T12:00
j2 factory_visit 2201 甲 2026-03-02T09:00 2026-03-02T12:00
j3 factory_visit 2201 乙 2026-03-02T09:00 2026-03-02T12:00
track_points: job_id officer_id at received_at lon lat
j1 甲 2026-03-02T09:00 2026-03-02T09:00 121.5 31.2
j2 甲 2026-03-02T09:10 2026-03-02T09:10 122.5 31.2
j3 乙 2026-03-02T09:00 2026-03-02T09:00 121.5 31.2
j3 乙 2026-03-02T09:30 2026-03-02T09:30 121.6 31.2
"""


@detector(
    "FLD-02",
    Text("外勤轨迹不可能", "Impossible field track"),
    line="fieldwork",
    node="check_in",
    subject=Subject.OFFICER,
    reads=("track_points", "field_jobs"),
    level=Level.RED,
    says=Text(
        "关员 {subject_id} 在 {period} 的外勤轨迹中有 {score:.0f} 段不可能走完：最快的一段须以每小时 {observed:.0f} 公里移动"
        "（上限 {expected:.0f}）。",
        "In {period} {score:.0f} leg(s) of the field tracks of officer {subject_id} cannot have been travelled: the"
        " fastest needs {observed:.0f} km/h (at most {expected:.0f}).",
    ),
    params={
        "cut": Param(1.0, Text("段", "legs"), Text("一个月内至少几段", "at least so many legs a month")),
        "kmh": Param(150.0, Text("公里/小时", "km/h"), Text("可能的最高速度", "highest possible speed")),
        "least_km": Param(
            2.0, Text("公里", "km"), Text("短于此的移动是定位误差", "shorter moves are noise of the position")
        ),
    },
)
def impossible_track(cut, kmh, least_km):
    """同一关员相邻两个定位点之间的速度超过可能的上限，不论是否属于同一次作业：至少有一处没有到场。

    同一时刻出现在两处的，按一分钟的移动计算。距离为球面距离。

    Score: 当月在同一单位不可能走完的路段数（以后一个点所属的作业计单位）。
    Silent when: 相邻两点相距不足 `least_km` 公里（定位误差），或只有一个点。
    Misses: 整条轨迹都伪造得合理；设备交由他人携带。
    """
    before = ibis.window(group_by="officer_id", order_by=["at", "job_id", "lon", "lat"])
    points = track_points.mutate(
        last_lon=track_points.lon.lag().over(before),
        last_lat=track_points.lat.lag().over(before),
        last_at=track_points.at.lag().over(before),
        last_job=track_points.job_id.lag().over(before),
    )
    legs = points.filter(points.last_at.notnull())
    legs = legs.mutate(
        km=_apart(legs), hours=ibis.greatest(hours_between(legs.last_at, legs.at), 1 / 60), on=month(legs.at)
    )
    fast = legs.filter(legs.km >= least_km, legs.km / legs.hours > kmh)
    fast = fast.inner_join(field_jobs.select("job_id", "unit_code"), "job_id")
    by_month = fast.group_by("officer_id", "unit_code", "on").agg(
        score=fast.count().cast("float64"),
        observed=(fast.km / fast.hours).max(),
        rows=fast.job_id.collect(distinct=True, order_by=fast.job_id),
        came_from=fast.last_job.collect(distinct=True, order_by=fast.last_job),
    )
    return by_month.filter(by_month.score >= cut).select(
        "unit_code",
        "score",
        "observed",
        "rows",
        "came_from",
        subject_id=by_month.officer_id,
        period=by_month.on.strftime("%Y-%m"),
        expected=float(kmh),
    )


def _apart(legs):
    """Kilometres between two points on the sphere (haversine)."""
    lat, last = legs.lat.radians(), legs.last_lat.radians()
    across, up = ((legs.lon - legs.last_lon).radians() / 2).sin(), ((lat - last) / 2).sin()
    half = up * up + lat.cos() * last.cos() * across * across
    return 2 * EARTH_KM * ibis.least(half, 1.0).sqrt().asin()
