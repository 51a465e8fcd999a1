"""I-CAS-11: transfers filed in time."""

import ibis

from guanjian.engine.tables import cases
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import DAY, between, exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *3
examinations: exam_id entry_id mode officer1 started_at ended_at handling
x1 a1 A 甲 2026-03-02T09:00 2026-03-02T10:00 4
x2 a2 A 甲 2026-03-02T09:00 2026-03-02T10:00 4
x3 a3 A 甲 2026-03-02T09:00 2026-03-02T10:00 4
cases: case_id kind unit_code filed_at entry_ids
c1 criminal 22P0 2026-03-05T09:00 a1
c2 criminal 22P0 2026-03-12T09:00 a2
=> 2201 2026-03-02 1 2
"""


@indicator(
    "I-CAS-11",
    Text("移送后及时立案率", "Transfers filed in time"),
    params={
        "within_days": Param(7, Text("天", "calendar days"), Text("查验结束后多少天内立案", "filed within")),
    },
    line="ASC-FILE",
    node="file",
    means=Means.SHARE,
    of=Text("及时立案 ÷ 已立案移送", "filed in time ÷ transfers that became cases"),
    worse=Worse.LOWER,
    source=Source.LAW,
    ground="行政执法机关移送涉嫌犯罪案件的规定第八条；CS09",
    reads=("examinations", "declarations", "cases"),
)
def filed_in_time(session, within_days):
    """查验移送缉私、已经立案的，从查验结束到立案不超过 `within_days` 天的占比（移送审批、送达与三日审查合计）。

    Value: 及时立案的 ÷ 报关单列入此后所立案件的移送，按查验开始的周，计在报关单所在海关。
    Silent when: 该周没有立案的移送。
    Misses: 至今没有立案的（见立案转化率）；移送书的送达时间不在事实表中。
    """
    numbers = cases.select("filed_at", entry_id=cases.entry_ids.unnest())
    sent = exams(session).filter(ibis._.handling == "4", ibis._.ended_at.notnull())
    sent = sent.select("exam_id", "entry_id", "unit_code", "week", "ended_at")
    took = between(sent.ended_at, numbers.filed_at)
    both = sent.inner_join(numbers, [sent.entry_id == numbers.entry_id, took >= 0]).mutate(took=took)
    once = both.group_by("exam_id", "unit_code", "week").agg(took=both.took.min())
    return weekly(once, once.count(where=once.took <= within_days * DAY), once.count())
