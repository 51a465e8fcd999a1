"""I-INT-02: queries per step by hand."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import by_hand, steps, weekly

EXAMPLE = """
events: event_id object_type object_id activity officer_id unit_code at
e{i} enterprise 企 query 甲 2201 2026-03-02T09:00 *3
f1 entry a1 release 甲 2201 2026-03-02T09:00
f2 entry a2 release 甲 2201 2026-03-02T09:00
g1 entry a2 release - 2201 2026-03-02T09:00
=> 2201 2026-03-02 3 2
"""


@indicator(
    "I-INT-02",
    Text("查询频度", "Queries per step by hand"),
    line="GOV-DATA",
    node="query",
    means=Means.RATIO,
    of=Text("查询 ÷ 人工办理步骤", "queries ÷ steps by hand"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("events",),
)
def queries_per_step():
    """关员查询次数与办理业务步骤数之比：查询远多于办事，可能在查非职责范围的数据。只给单位一级的数字。

    Value: 关员的查询记录数 ÷ 关员的其他业务步骤数，按发生的周。
    Silent when: 该周没有关员办理的步骤；只有查询的周只给件数。
    Misses: 查询了谁（由查询与经办对照的控制看）；专职分析岗位查询本来就多。
    """
    done = steps()
    asked, hand = done.activity == "query", by_hand(done.officer_id)
    return weekly(done, done.count(where=hand & asked), done.count(where=hand & ~asked))
