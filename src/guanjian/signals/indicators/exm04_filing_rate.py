"""I-EXM-04: transfers that became cases."""

from guanjian.engine.tables import cases
from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
b 2202
examinations: exam_id entry_id mode officer1 finding handling
x1 a1 A 甲 1 4
x2 a2 A 甲 1 4
x3 a3 A 甲 1 9
cases: case_id kind unit_code entry_ids
c1 criminal 22P0 a1,zz
=> 2201 2026-01-05 1 2
"""


@indicator(
    "I-EXM-04",
    Text("缉私立案转化率", "Transfers that became cases"),
    line="RSK-INTEL",
    node="transfer",
    means=Means.SHARE,
    of=Text("立案 ÷ 移送", "cases filed ÷ transferred"),
    worse=Worse.LOWER,
    source=Source.IN_USE,
    ground="FX04",
    reads=("examinations", "declarations", "cases"),
)
def filing_rate(session):
    """移送缉私的查获中，报关单列入案件的占比：移送的质量，也是接收一侧是否受理的镜子。

    Value: 报关单出现在案件中的移送 ÷ 全部移送，按查验开始的周。
    Silent when: 该周没有移送。
    Misses: 近期移送可能还在受案审查期内；案件未登记报关单号的看不到。
    """
    numbers = cases.select(entry_id=cases.entry_ids.unnest())
    sent = exams(session).mutate(filed=exams(session).entry_id.isin(numbers.entry_id))
    away = sent.handling == "4"
    return weekly(sent, sent.count(where=away & sent.filed), sent.count(where=away))
