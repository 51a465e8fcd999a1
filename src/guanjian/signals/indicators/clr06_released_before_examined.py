"""I-CLR-06: released before the examination."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

EXAMPLE = """
declarations: entry_id unit_code released_at
a1 2201 2026-03-02T08:00
a2 2201 2026-03-03T08:00
a3 2201 -
examinations: exam_id entry_id mode officer1 started_at
x1 a1 A 甲 2026-03-02T09:00
x2 a2 A 甲 2026-03-02T09:00
x3 a3 A 甲 2026-03-02T09:00
=> 2201 2026-03-02 1 2
"""


@indicator(
    "I-CLR-06",
    Text("先放后查占比", "Released before the examination"),
    line="CLR-RELEASE",
    node="release",
    means=Means.SHARE,
    of=Text("先放后查 ÷ 已放行的查验", "released first ÷ examinations of released entries"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("examinations", "declarations"),
)
def released_before_examined(session):
    """放行时间早于查验开始时间的占比：先放行后补查验，查验失去意义。

    Value: 放行早于查验开始的查验 ÷ 报关单已放行的查验，按查验开始的周。
    Silent when: 该周没有报关单已放行的查验。
    Misses: 依规“先放后检”的业务应单列；查验时间被改早的。
    """
    done = exams(session)
    early = done.released_at < done.started_at
    return weekly(done, done.count(where=early), done.count(where=done.released_at.notnull()))
