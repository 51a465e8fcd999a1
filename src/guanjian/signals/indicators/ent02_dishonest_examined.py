"""I-ENT-02: dishonest enterprises examined."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import lodged, weekly

EXAMPLE = """
declarations: entry_id unit_code consignee_id
a1 2201 失
a2 2201 失
a3 2201 守
enterprises: enterprise_id credit_level credit_scheme
守 3 2026
失 5 2026
examinations: exam_id entry_id mode officer1
x1 a1 A 甲
x2 a3 A 甲
=> 2201 2026-01-05 1 2
"""


@indicator(
    "I-ENT-02",
    Text("失信企业查验率", "Dishonest enterprises examined"),
    line="ENT-CREDIT",
    node="select",
    means=Means.SHARE,
    of=Text("被查验 ÷ 失信企业报关单", "examined ÷ entries of dishonest enterprises"),
    worse=Worse.LOWER,
    source=Source.PROPOSAL,
    ground="FX01",
    reads=("declarations", "enterprises", "examinations"),
)
def dishonest_examined():
    """失信、严重失信企业的报关单中被查验的占比：差别化管理是否落实。

    Value: 被查验的 ÷ 失信、严重失信企业的报关单，按申报的周。
    Silent when: 该周没有失信企业申报。
    Misses: 查验方式的轻重；最近几周尚未轮到查验的使占比偏低。
    """
    done = lodged()
    return weekly(done, done.count(where=done.dishonest & done.examined), done.count(where=done.dishonest))
