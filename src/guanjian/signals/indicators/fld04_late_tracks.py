"""I-FLD-04: track points received late."""

from guanjian.engine.clock import week
from guanjian.engine.tables import field_jobs, track_points
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import HOUR, between, weekly

EXAMPLE = """
field_jobs: job_id kind unit_code
j1 factory_visit 2201
track_points: job_id officer_id at received_at
j1 甲 2026-03-02T09:00 2026-03-02T09:01
j1 甲 2026-03-02T09:10 2026-03-02T11:11
j1 甲 2026-03-02T09:20 2026-03-02T09:19
=> 2201 2026-03-02 2 3
"""


@indicator(
    "I-FLD-04",
    Text("轨迹补传占比", "Track points received late"),
    params={
        "hours": Param(2, Text("小时", "hours"), Text("多久之后收到算迟到", "late beyond")),
    },
    line="GOV-FIELD",
    node="check_in",
    means=Means.SHARE,
    of=Text("迟到轨迹点 ÷ 轨迹点", "late ÷ track points"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("track_points", "field_jobs"),
)
def late_tracks(hours):
    """外勤轨迹点在产生 `hours` 小时之后才传到服务器、或早于产生时间收到的占比：补造轨迹的迹象。

    Value: 迟到或倒置的 ÷ 全部轨迹点，按产生的周。
    Silent when: 该周没有轨迹点。
    Misses: 没有信号的海上、边境作业本来就会迟到。
    """
    where = field_jobs.select("job_id", "unit_code")
    points = track_points.inner_join(where, "job_id").mutate(week=week(track_points["at"]))
    lag = between(points["at"], points.received_at)
    return weekly(points, points.count(where=(lag > hours * HOUR) | (lag < 0)), points.count())
