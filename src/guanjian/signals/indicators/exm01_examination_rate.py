"""I-EXM-01: examination rate."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import lodged, weekly

EXAMPLE = """
declarations: entry_id unit_code declared_at
a{i} 2201 2026-03-02T09:00 *4
b 2202 2026-03-03T09:00
examinations: exam_id entry_id mode officer1
x1 a1 A 甲
x2 a1 B 甲
x3 a2 A 甲
=> 2201 2026-03-02 2 4
=> 2202 2026-03-02 0 1
"""


@indicator(
    "I-EXM-01",
    Text("查验率", "Examination rate"),
    line="CLR-EXAM",
    node="examine",
    means=Means.SHARE,
    of=Text("被查验报关单 ÷ 报关单", "examined ÷ declarations"),
    worse=Worse.NEITHER,
    source=Source.IN_USE,
    ground="FX01",
    reads=("declarations",),
    may_read=("examinations", "enterprises"),
)
def examination_rate():
    """报关单被查验的占比：查验力量投向何处。

    Value: 有查验记录的报关单 ÷ 全部报关单，按申报的周。
    Silent when: 该周没有申报。
    Misses: 最近几周申报、尚未轮到查验的报关单使占比偏低；一票多次查验只算一次。
    """
    all_of_them = lodged()
    return weekly(all_of_them, all_of_them.count(where=all_of_them.examined), all_of_them.count())
