"""I-SEL-02: finds under instructions."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
examinations: exam_id entry_id instruction_id mode officer1 finding
x1 a1 i1 A 甲 1
x2 a2 i2 A 甲 0
x3 a3 - A 甲 1
=> 2201 2026-01-05 1 2
"""


@indicator(
    "I-SEL-02",
    Text("布控查获率", "Finds under instructions"),
    line="CLR-SELECT",
    node="instruct",
    means=Means.SHARE,
    of=Text("布控查获 ÷ 布控查验", "finds ÷ examinations under an instruction"),
    worse=Worse.LOWER,
    source=Source.IN_USE,
    ground="FX13",
    reads=("examinations", "declarations"),
)
def instruction_finds(session):
    """按布控指令实施的查验中有查获的占比：布控是否精准。

    Value: 有查获的布控查验 ÷ 全部布控查验，按查验开始的周，计在报关单所在海关。
    Silent when: 该周没有按布控指令实施的查验。
    Misses: 指令下达而未查验的。
    """
    done = exams(session)
    ordered = done.instruction_id.fill_null("") != ""
    return weekly(done, done.count(where=ordered & done.finding), done.count(where=ordered))
