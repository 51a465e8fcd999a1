"""I-FLD-03: field jobs without evidence."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import jobs, weekly

EXAMPLE = """
field_jobs: job_id kind unit_code checked_out_at photos evidence_hashes
j1 factory_visit 2201 2026-01-05T10:00 3 -
j2 factory_visit 2201 2026-01-05T10:00 - h1,h2
j3 factory_visit 2201 2026-01-05T10:00 0 -
j4 factory_visit 2201 - - -
=> 2201 2026-01-05 1 3
"""


@indicator(
    "I-FLD-03",
    Text("外勤无佐证占比", "Field jobs without evidence"),
    line="GOV-FIELD",
    node="check_out",
    means=Means.SHARE,
    of=Text("无佐证 ÷ 已签退外勤作业", "without evidence ÷ jobs checked out"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("field_jobs",),
)
def no_evidence():
    """已经签退、却既没有照片也没有佐证材料的外勤作业占比。

    Value: 照片数为零或空、且无佐证哈希的 ÷ 已签退的外勤作业，按计划开始的周。
    Silent when: 该周没有已签退的外勤作业。
    Misses: 重复使用旧照片（由重复佐证控制看）。
    """
    planned = jobs()
    left = planned.checked_out_at.notnull()
    bare = (planned.photos.fill_null(0) == 0) & (planned.evidence_hashes.length().fill_null(0) == 0)
    return weekly(planned, planned.count(where=left & bare), planned.count(where=left))
