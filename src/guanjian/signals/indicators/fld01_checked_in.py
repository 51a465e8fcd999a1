"""I-FLD-01: field jobs checked in on site."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import jobs, weekly

EXAMPLE = """
field_jobs: job_id kind unit_code checked_in_at
j1 factory_visit 2201 2026-01-05T09:00
j2 factory_visit 2201 -
=> 2201 2026-01-05 1 2
"""


@indicator(
    "I-FLD-01",
    Text("外勤到场签到率", "Field jobs checked in on site"),
    line="GOV-FIELD",
    node="check_in",
    means=Means.SHARE,
    of=Text("已签到 ÷ 外勤作业", "checked in ÷ field jobs"),
    worse=Worse.LOWER,
    source=Source.PROPOSAL,
    reads=("field_jobs",),
)
def checked_in():
    """外勤作业有到场签到的占比。

    Value: 有签到时间的 ÷ 全部外勤作业，按计划开始的周。
    Silent when: 该周没有计划外勤作业。
    Misses: 不在现场的签到（由电子围栏控制看）；尚未开始的作业。
    """
    planned = jobs()
    return weekly(planned, planned.count(where=planned.checked_in_at.notnull()), planned.count())
