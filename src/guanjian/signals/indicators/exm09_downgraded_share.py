"""I-EXM-09: examinations lighter than required."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

STRICTNESS = {"A": 3, "B": 2, "C": 1, "J": 1}

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
b 2202
examinations: exam_id entry_id required_mode mode officer1
x1 a1 A B 甲
x2 a2 B A 甲
x3 a3 C J 甲
x4 a4 - C 甲
=> 2201 2026-01-05 1 3
"""


@indicator(
    "I-EXM-09",
    Text("查验降级率", "Examinations lighter than required"),
    line="CLR-EXAM",
    node="examine",
    means=Means.SHARE,
    of=Text("降级 ÷ 有要求的查验", "lighter ÷ with a required mode"),
    worse=Worse.HIGHER,
    source=Source.IN_USE,
    ground="FX12",
    reads=("examinations", "declarations"),
)
def downgraded_share(session):
    """实际查验方式轻于布控要求（彻底→抽查→外形、机检）的占比。外形查验与机检视为同一强度。

    Value: 实际方式轻于要求的查验 ÷ 有要求方式的查验，按查验开始的周。
    Silent when: 该周没有写明要求方式的查验。
    Misses: 要求本身被改轻；方式相同而内容打折扣。
    """
    done = exams(session)
    asked, was = (done[name].cases(*STRICTNESS.items(), else_=None) for name in ("required_mode", "mode"))
    return weekly(done, done.count(where=was < asked), done.count(where=asked.notnull()))
