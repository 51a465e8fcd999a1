"""I-EXM-06: finds about duty."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
b 2202
examinations: exam_id entry_id mode officer1 finding find_kind
x1 a1 A 甲 1 tax
x2 a2 A 甲 1 permit
x3 a3 A 甲 1 tax
=> 2201 2026-01-05 2 3
"""


@indicator(
    "I-EXM-06",
    Text("涉税查获占比", "Finds about duty"),
    line="TAX-LEVY",
    node="examine",
    means=Means.SHARE,
    of=Text("涉税查获 ÷ 查获", "finds about duty ÷ finds"),
    worse=Worse.NEITHER,
    source=Source.IN_USE,
    ground="FX05",
    reads=("examinations", "declarations"),
)
def tax_finds(session):
    """查获中涉税的占比：查获结构的参照。

    Value: 查获类型为涉税的查获 ÷ 有类型的查获，按查验开始的周。
    Silent when: 该周没有登记了类型的查获。
    Misses: 税额大小（见查获补税率）。
    """
    done = exams(session)
    typed = done.finding & done.find_kind.notnull()
    return weekly(done, done.count(where=typed & (done.find_kind == "tax")), done.count(where=typed))
