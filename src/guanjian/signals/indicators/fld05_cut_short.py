"""I-FLD-05: field jobs cut short."""

from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import between, jobs, weekly

EXAMPLE = """
field_jobs: job_id kind unit_code planned_start planned_end checked_in_at checked_out_at
j1 factory_visit 2201 2026-03-02T09:00 2026-03-02T11:00 2026-03-02T09:00 2026-03-02T09:59
j2 factory_visit 2201 2026-03-02T09:00 2026-03-02T11:00 2026-03-02T09:00 2026-03-02T10:00
j3 factory_visit 2201 2026-03-02T09:00 2026-03-02T11:00 2026-03-02T09:00 -
=> 2201 2026-03-02 1 2
"""


@indicator(
    "I-FLD-05",
    Text("外勤用时不足占比", "Field jobs cut short"),
    params={
        "share": Param(0.5, Text("比例", "share"), Text("不足计划时长的比例", "shorter than this share of the plan")),
    },
    line="GOV-FIELD",
    node="check_out",
    means=Means.SHARE,
    of=Text("用时不足 ÷ 已签到签退外勤作业", "cut short ÷ jobs checked in and out"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("field_jobs",),
)
def cut_short(share):
    """在现场的时间不足计划时间一定比例的外勤作业占比。

    Value: 签到至签退不足计划时长 `share` 的 ÷ 有签到和签退的外勤作业，按计划开始的周。
    Silent when: 该周没有签到签退齐全的外勤作业。
    Misses: 人在现场而不作业。
    """
    planned = jobs()
    stayed = between(planned.checked_in_at, planned.checked_out_at).cast("float64")
    meant = between(planned.planned_start, planned.planned_end).cast("float64")
    return weekly(planned, planned.count(where=stayed < share * meant), planned.count(where=stayed.notnull()))
