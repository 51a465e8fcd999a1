"""I-SEL-07: overrides per selection."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import steps, weekly

EXAMPLE = """
events: event_id object_type object_id activity unit_code at
e{i} entry a{i} select 2201 2026-03-02T09:00 *4
f1 entry a1 override 2201 2026-03-02T10:00
g1 entry a9 release 2201 2026-03-02T10:00
=> 2201 2026-03-02 1 4
"""


@indicator(
    "I-SEL-07",
    Text("人工干预率", "Overrides per selection"),
    line="CLR-SELECT",
    node="override",
    means=Means.RATIO,
    of=Text("人工干预 ÷ 选查", "overrides ÷ selections"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("events",),
)
def override_share():
    """人工干预系统选查结论的次数与系统选查次数之比。

    Value: 人工干预的记录数 ÷ 选查的记录数，按发生的周。
    Silent when: 该周没有选查记录；只有干预而无选查的周只给件数。
    Misses: 系统外的口头干预；干预是否正确（见干预未述理由占比）。
    """
    done = steps()
    return weekly(done, done.count(where=done.activity == "override"), done.count(where=done.activity == "select"))
