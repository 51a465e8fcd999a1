"""I-CLR-07: reviewed by hand."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import by_hand, steps, weekly

EXAMPLE = """
events: event_id object_type object_id activity officer_id unit_code at
e1 entry a1 doc_review - 2201 2026-03-02T09:00
e2 entry a2 doc_review 甲 2201 2026-03-02T09:00
e3 entry a3 doc_review 乙 2201 2026-03-02T09:00
e4 entry a3 release 乙 2201 2026-03-02T09:00
=> 2201 2026-03-02 2 3
"""


@indicator(
    "I-CLR-07",
    Text("人工审单占比", "Reviewed by hand"),
    line="CLR-REVIEW",
    node="doc_review",
    means=Means.SHARE,
    of=Text("人工审单 ÷ 审单", "by hand ÷ document reviews"),
    worse=Worse.NEITHER,
    source=Source.IN_USE,
    ground="EN01",
    reads=("events",),
)
def reviewed_by_hand():
    """由关员人工审核、而非系统审核的占比。

    Value: 有关员的审单记录 ÷ 全部审单记录，按审单的周。
    Silent when: 该周没有审单记录。
    Misses: 人工审单的质量。
    """
    done = steps()
    read = done.activity == "doc_review"
    return weekly(done, done.count(where=read & by_hand(done.officer_id)), done.count(where=read))
