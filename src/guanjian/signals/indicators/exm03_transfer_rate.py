"""I-EXM-03: transfer rate."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
b 2202
examinations: exam_id entry_id mode officer1 finding handling
x1 a1 A 甲 1 4
x2 a2 A 甲 1 9
x3 a3 A 甲 1 4
x4 a4 A 甲 0 11
=> 2201 2026-01-05 2 3
"""


@indicator(
    "I-EXM-03",
    Text("移送率", "Transfer rate"),
    line="RSK-INTEL",
    node="transfer",
    means=Means.SHARE,
    of=Text("移送缉私 ÷ 查获", "transferred ÷ finds"),
    worse=Worse.LOWER,
    source=Source.IN_USE,
    ground="FX03",
    reads=("examinations", "declarations"),
)
def transfer_rate(session):
    """有查获的查验中移送缉私的占比：一线与缉私的衔接。分母在来源中没有写明，此处取查获。

    Value: 处理意见为移送缉私的查获 ÷ 全部查获，按查验开始的周。
    Silent when: 该周没有查获。
    Misses: 移送质量（见立案转化率）；查获本身偏少时占比可能偏高。
    """
    done = exams(session)
    return weekly(done, done.count(where=done.finding & (done.handling == "4")), done.count(where=done.finding))
