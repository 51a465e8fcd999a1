"""I-ENT-03: finds at certified enterprises."""

from guanjian.engine.tables import enterprises
from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

EXAMPLE = """
declarations: entry_id unit_code consignee_id
a1 2201 优
a2 2201 优
a3 2201 常
enterprises: enterprise_id credit_level credit_scheme
优 1 2026
常 3 2026
examinations: exam_id entry_id mode officer1 finding
x1 a1 A 甲 1
x2 a2 A 甲 0
x3 a3 A 甲 1
=> 2201 2026-01-05 1 2
"""


@indicator(
    "I-ENT-03",
    Text("高级认证企业查获率", "Finds at certified enterprises"),
    line="ENT-CREDIT",
    node="credit",
    means=Means.SHARE,
    of=Text("查获 ÷ 高级认证企业查验", "finds ÷ examinations of AEO entries"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    ground="EN02",
    reads=("examinations", "declarations", "enterprises"),
)
def certified_finds(session):
    """高级认证企业的查验中有查获的占比：认证是否名副其实。

    Value: 有查获的 ÷ 高级认证企业（各版办法的第一级）报关单的查验，按查验开始的周。
    Silent when: 该周没有高级认证企业的查验。
    Misses: 高级认证企业很少被查，数字小，应看较长时段。
    """
    first = enterprises.filter(enterprises.credit_level == 1).select("enterprise_id")
    done = exams(session).semi_join(first, [("consignee_id", "enterprise_id")])
    return weekly(done, done.count(where=done.finding), done.count())
