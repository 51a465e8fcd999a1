"""I-EXM-02: find rate."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
b 2202
examinations: exam_id entry_id mode officer1 started_at finding
x1 a1 A 甲 2026-03-02T09:00 1
x2 a2 A 甲 2026-03-08T23:00 0
x3 a3 A 甲 2026-03-09T01:00 0
x4 a4 B 甲 2026-03-10T09:00 1
y1 b A 丙 2026-03-03T09:00 0
=> 2201 2026-03-02 1 2
=> 2201 2026-03-09 1 2
=> 2202 2026-03-02 0 1
"""


@indicator(
    "I-EXM-02",
    Text("查获率", "Find rate"),
    line="CLR-EXAM",
    node="examine",
    means=Means.SHARE,
    of=Text("查获 ÷ 查验", "finds ÷ examinations"),
    worse=Worse.LOWER,
    source=Source.IN_USE,
    ground="FX02",
    reads=("examinations", "declarations"),
)
def find_rate(session):
    """查验中有查获的占比：一线查验质量与布控精准度的基本指标。

    Value: 有查获的查验 ÷ 全部查验，按查验开始的周。
    Silent when: 该周没有查验。
    Misses: 查获有轻重之分（见查获结构）；查什么由布控决定，查获率低也可能是布控不准。
    """
    done = exams(session)
    return weekly(done, done.count(where=done.finding), done.count())
