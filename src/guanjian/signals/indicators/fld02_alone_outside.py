"""I-FLD-02: field jobs by one person."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import different, jobs, weekly

EXAMPLE = """
field_jobs: job_id kind unit_code officers
j1 factory_visit 2201 甲,乙
j2 factory_visit 2201 甲
j3 factory_visit 2201 甲,甲
=> 2201 2026-01-05 2 3
"""


@indicator(
    "I-FLD-02",
    Text("外勤单人作业占比", "Field jobs by one person"),
    line="GOV-FIELD",
    node="check_in",
    means=Means.SHARE,
    of=Text("单人作业 ÷ 外勤作业", "by one person ÷ field jobs"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    ground="FX14",
    reads=("field_jobs",),
)
def alone_outside():
    """外勤作业人员不足二人的占比。

    Value: 人员不足二人的 ÷ 全部外勤作业，按计划开始的周。
    Silent when: 该周没有计划外勤作业。
    Misses: 只挂名不到场的第二人（由外勤轨迹看）。
    """
    planned = jobs()
    return weekly(planned, planned.count(where=different(planned.officers) < 2), planned.count())
