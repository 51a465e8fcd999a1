"""I-EXM-11: full examinations."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
b 2202
examinations: exam_id entry_id mode officer1
x1 a1 A 甲
x2 a2 B 甲
x3 a3 J 甲
=> 2201 2026-01-05 1 3
"""


@indicator(
    "I-EXM-11",
    Text("彻底查验占比", "Full examinations"),
    line="CLR-EXAM",
    node="examine",
    means=Means.SHARE,
    of=Text("彻底查验 ÷ 查验", "full ÷ examinations"),
    worse=Worse.NEITHER,
    source=Source.PROPOSAL,
    reads=("examinations", "declarations"),
)
def full_share(session):
    """查验中彻底查验的占比：查验强度的参照，与查获率对照着看。

    Value: 方式为彻底查验的查验 ÷ 全部查验，按查验开始的周。
    Silent when: 该周没有查验。
    Misses: 抽查中加大比例的（如100%抽查）。
    """
    done = exams(session)
    return weekly(done, done.count(where=done["mode"] == "A"), done.count())
