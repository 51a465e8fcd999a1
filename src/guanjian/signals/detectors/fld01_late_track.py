"""FLD-01: field work whose track reached the server long after it is said to have been walked."""

from guanjian.engine.clock import hours_between, month
from guanjian.engine.tables import field_jobs, track_points
from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param, detector

EXAMPLE = """
field_jobs: job_id kind unit_code officers planned_start planned_end
late factory_visit 2201 甲 2026-03-02T09:00 2026-03-02T12:00
good factory_visit 2201 乙 2026-03-02T09:00 2026-03-02T12:00
track_points: job_id officer_id at received_at lon lat
late 甲 2026-03-02T09:00+{i}m 2026-03-06T17:00 121.5 31.2 *5
good 乙 2026-03-02T09:00+{i}m 2026-03-02T20:00 121.5 31.2 *5
"""


@detector(
    "FLD-01",
    Text("外勤轨迹事后补传", "Field track delivered afterwards"),
    line="fieldwork",
    node="check_in",
    subject=Subject.OFFICER,
    reads=("track_points", "field_jobs"),
    level=Level.ORANGE,
    says=Text(
        "关员 {subject_id} 在 {period} 有 {score:.0f} 次外勤作业的轨迹多半在 {expected:.0f} 小时之后才到达服务器，最晚的一次迟"
        " {observed:.0f} 小时。",
        "In {period} most of the track of {score:.0f} field job(s) of officer {subject_id} reached the server more than"
        " {expected:.0f} hours later; the latest by {observed:.0f} hours.",
    ),
    params={
        "cut": Param(1.0, Text("次", "jobs"), Text("一个月内至少几次作业", "at least so many jobs a month")),
        "late_hours": Param(
            24.0, Text("小时", "hours"), Text("晚于设备时间多久算补传", "later than the device's time")
        ),
    },
)
def late_track(cut, late_hours):
    """外勤作业的多数定位点在设备时间之后很久才到达服务器，或者服务器时间早于设备时间：轨迹可能是事后补造的。

    现场没有信号时允许当天补传，所以只看超过 `late_hours` 的；设备时间晚于服务器时间五分钟以上也算。

    Score: 当月在同一单位轨迹补传的作业次数。
    Silent when: 作业没有轨迹（由到场控制看），或只有少数点补传。
    Misses: 把设备时钟调回之后当场补走的轨迹；由他人携带设备。
    """
    late = hours_between(track_points.at, track_points.received_at)
    judged = track_points.mutate(late=late, odd=(late > late_hours) | (late < -1 / 12))
    jobs = judged.group_by("job_id", "officer_id").agg(
        points=judged.count(), odd=judged.odd.cast("int64").sum(), late=judged.late.abs().max(), at=judged.at.min()
    )
    odd = jobs.filter(2 * jobs.odd > jobs.points).inner_join(field_jobs.select("job_id", "unit_code"), "job_id")
    odd = odd.mutate(on=month(odd.at))
    by_month = odd.group_by("officer_id", "unit_code", "on").agg(
        score=odd.count().cast("float64"),
        observed=odd.late.max(),
        points=odd.points.sum(),
        rows=odd.job_id.collect(order_by=odd.job_id),
    )
    return by_month.filter(by_month.score >= cut).select(
        "unit_code",
        "score",
        "observed",
        "points",
        "rows",
        subject_id=by_month.officer_id,
        period=by_month.on.strftime("%Y-%m"),
        expected=float(late_hours),
    )
