"""I-AUD-01: audits per release."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import steps, weekly

EXAMPLE = """
events: event_id object_type object_id activity unit_code at
e{i} entry a{i} release 2201 2026-03-02T09:00 *4
f1 entry b1 post_audit 2200 2026-03-03T09:00
f2 entry b2 post_audit 2201 2026-03-03T09:00
=> 2200 2026-03-02 1 0
=> 2201 2026-03-02 1 4
"""


@indicator(
    "I-AUD-01",
    Text("稽查率", "Audits per release"),
    line="AUD-AUDIT",
    node="post_audit",
    means=Means.RATIO,
    of=Text("稽查 ÷ 放行", "audits ÷ releases"),
    worse=Worse.NEITHER,
    source=Source.PROPOSAL,
    reads=("events",),
)
def audits_per_release():
    """稽查次数与放行票数之比：后续监管力量投向何处。

    Value: 稽查的记录数 ÷ 放行的记录数，按发生的周，各计在经办单位。
    Silent when: 该周没有放行记录；稽查部门没有放行，只给件数。
    Misses: 稽查针对的是以前放行的货物，不是同一周的；稽查的质量。
    """
    done = steps()
    return weekly(done, done.count(where=done.activity == "post_audit"), done.count(where=done.activity == "release"))
