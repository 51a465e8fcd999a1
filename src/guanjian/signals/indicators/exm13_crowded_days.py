"""I-EXM-13: examinations on overcrowded days."""

import ibis

from guanjian.engine.clock import day
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *1
examinations: exam_id entry_id mode officer1 started_at
u{i} a1 A 甲 2026-03-02T09:00 *1
v{i} a1 A 甲 2026-03-03T09:00 *1
w{i} a1 A 甲 2026-03-04T09:00 *1
x{i} a1 A 甲 2026-03-05T09:00 *1
y{i} a1 A 甲 2026-03-06T09:00 *1
z{i} a1 A 甲 2026-03-09T09:00 *13
=> 2201 2026-03-02 0 5
=> 2201 2026-03-09 13 13
"""


@indicator(
    "I-EXM-13",
    Text("超负荷日查验占比", "Examinations on overcrowded days"),
    params={
        "times": Param(3.0, Text("倍", "times"), Text("达到本单位平日的几倍", "as many times the unit's usual day")),
    },
    line="CLR-EXAM",
    node="examine",
    means=Means.SHARE,
    of=Text("超负荷日的查验 ÷ 查验", "on overcrowded days ÷ examinations"),
    worse=Worse.HIGHER,
    source=Source.IN_USE,
    ground="FX08",
    reads=("examinations", "declarations"),
)
def crowded_days(session, times):
    """查验集中在少数日子里做的占比：一天的量远超本单位平日，质量难以保证，或为事后补录。

    Value: 当日查验数达到本单位有查验之日平均数 `times` 倍的那些日子的查验 ÷ 全部查验。
    Silent when: 该周没有查验。
    Misses: 常年超负荷的单位（平均数本身就高）。
    """
    done = exams(session).mutate(on=day(ibis._.started_at))
    days = done.group_by("unit_code", "week", "on").agg(done=done.count())
    usual = days.done.mean().over(group_by="unit_code")
    days = days.mutate(crowded=days.done >= times * usual)
    return weekly(days, days.done.sum(where=days.crowded), days.done.sum())
