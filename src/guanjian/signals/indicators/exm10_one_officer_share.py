"""I-EXM-10: examined by one person."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
b 2202
examinations: exam_id entry_id mode officer1 officer2
x1 a1 A 甲 -
x2 a2 A 甲 甲
x3 a3 A 甲 乙
x4 a4 J 甲 -
=> 2201 2026-01-05 2 3
"""


@indicator(
    "I-EXM-10",
    Text("单人查验占比", "Examined by one person"),
    line="CLR-EXAM",
    node="examine",
    means=Means.SHARE,
    of=Text("单人查验 ÷ 人工查验", "by one person ÷ examinations by hand"),
    worse=Worse.HIGHER,
    source=Source.LAW,
    ground="海关行政处罚实施条例第三十四条；FX14",
    reads=("examinations", "declarations"),
)
def one_officer_share(session):
    """人工查验（机检除外）中不足二人的占比。

    Value: 没有第二名关员、或两名为同一人的人工查验 ÷ 全部人工查验，按查验开始的周。
    Silent when: 该周没有人工查验。
    Misses: 第二人只挂名不到场（由外勤轨迹看）。
    """
    done = exams(session)
    hand = done["mode"] != "J"
    second = done.officer2.fill_null("")
    return weekly(done, done.count(where=hand & second.isin(("", done.officer1))), done.count(where=hand))
