"""I-EXM-05: finds that only amend or delete."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
b 2202
examinations: exam_id entry_id mode officer1 finding find_kind
x1 a1 A 甲 1 delete_amend
x2 a2 A 甲 1 tax
x3 a3 A 甲 1 -
x4 a4 A 甲 0 -
=> 2201 2026-01-05 1 2
"""


@indicator(
    "I-EXM-05",
    Text("删改占查获比", "Finds that only amend or delete"),
    line="CLR-EXAM",
    node="examine",
    means=Means.SHARE,
    of=Text("删改单 ÷ 查获", "amendments and deletions ÷ finds"),
    worse=Worse.HIGHER,
    source=Source.IN_USE,
    ground="FX05",
    reads=("examinations", "declarations"),
)
def trivial_finds(session):
    """查获中只是删单、改单的占比：过高说明以轻微查获充数。

    Value: 查获类型为删改单的查获 ÷ 有类型的查获，按查验开始的周。
    Silent when: 该周没有登记了类型的查获。
    Misses: 未登记查获类型的；同一企业反复改单的意图。
    """
    done = exams(session)
    typed = done.finding & done.find_kind.notnull()
    return weekly(done, done.count(where=typed & (done.find_kind == "delete_amend")), done.count(where=typed))
