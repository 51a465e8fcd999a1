"""I-EXM-07: examinations at night."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import at_night, exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
b 2202
examinations: exam_id entry_id mode officer1 started_at
x1 a1 A 甲 2026-03-02T20:00
x2 a2 A 甲 2026-03-03T05:59
x3 a3 A 甲 2026-03-03T06:00
x4 a4 A 甲 2026-03-03T19:59
=> 2201 2026-03-02 2 4
"""


@indicator(
    "I-EXM-07",
    Text("夜间查验占比", "Examinations at night"),
    line="CLR-EXAM",
    node="examine",
    means=Means.SHARE,
    of=Text("夜间查验 ÷ 查验", "at night ÷ examinations"),
    worse=Worse.HIGHER,
    source=Source.IN_USE,
    ground="FX09",
    reads=("examinations", "declarations"),
)
def night_share(session):
    """在20:00至次日06:00之间开始的查验占比：单位一级的参照，不涉及个人。

    Value: 夜间开始的查验 ÷ 全部查验，按查验开始的周。
    Silent when: 该周没有查验。
    Misses: 昼夜通关的口岸本来就高，应与同类口岸、本单位以往相比；节假日（由对人的规则在同一班次内看）。
    """
    done = exams(session)
    return weekly(done, done.count(where=at_night(done.started_at)), done.count())
