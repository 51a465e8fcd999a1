"""I-EXM-19: samples per examination step."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import steps, weekly

EXAMPLE = """
events: event_id object_type object_id activity unit_code at
e{i} entry a{i} examine 2201 2026-03-02T09:00 *4
f1 entry a1 sample 2201 2026-03-02T09:30
=> 2201 2026-03-02 1 4
"""


@indicator(
    "I-EXM-19",
    Text("取样率", "Samples per examination step"),
    line="CLR-EXAM",
    node="sample",
    means=Means.RATIO,
    of=Text("取样送检 ÷ 查验", "samples ÷ examinations"),
    worse=Worse.NEITHER,
    source=Source.PROPOSAL,
    reads=("events",),
)
def sampled():
    """取样送检次数与查验环节数之比：化验这道防线用得多不多。

    Value: 取样送检的记录数 ÷ 查验的记录数，按发生的周。
    Silent when: 该周没有查验记录；只有取样而无查验的周只给件数。
    Misses: 样品是否被调换、送检是否及时。
    """
    done = steps()
    return weekly(done, done.count(where=done.activity == "sample"), done.count(where=done.activity == "examine"))
