"""I-EXM-12: minutes per examination."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import MINUTE, between, exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
b 2202
examinations: exam_id entry_id mode officer1 started_at ended_at
x1 a1 A 甲 2026-03-02T09:00 2026-03-02T11:00
x2 a2 B 甲 2026-03-02T09:00 2026-03-02T09:45
x3 a3 J 甲 2026-03-02T09:00 2026-03-02T09:05
x4 a4 A 甲 2026-03-02T09:00 -
=> 2201 2026-03-02 165 2
"""


@indicator(
    "I-EXM-12",
    Text("平均查验用时", "Minutes per examination"),
    line="CLR-EXAM",
    node="examine",
    means=Means.MEAN,
    of=Text("分钟 ÷ 人工查验", "minutes per examination by hand"),
    worse=Worse.LOWER,
    source=Source.PROPOSAL,
    reads=("examinations", "declarations"),
)
def examination_minutes(session):
    """人工查验平均用多少分钟：持续变短说明查验在变浅。

    Value: 人工查验的总分钟数 ÷ 有起止时间的人工查验，按查验开始的周。
    Silent when: 该周没有记录起止时间的人工查验。
    Misses: 查验方式构成的变化（与彻底查验占比对照）；止早于起的记录不计。
    """
    done = exams(session)
    took = between(done.started_at, done.ended_at)
    timed = (done["mode"] != "J") & (took >= 0)
    return weekly(done, took.sum(where=timed) / MINUTE, done.count(where=timed))
