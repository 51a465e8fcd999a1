"""I-CLR-02: slow clearance."""

from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import HOUR, between, entries, weekly

EXAMPLE = """
declarations: entry_id unit_code declared_at released_at
a1 2201 2026-03-02T09:00 2026-03-05T09:00
a2 2201 2026-03-02T09:00 2026-03-05T09:01
a3 2201 2026-03-02T09:00 -
=> 2201 2026-03-02 1 2
"""


@indicator(
    "I-CLR-02",
    Text("通关超时占比", "Slow clearance"),
    params={
        "hours": Param(72, Text("小时", "hours"), Text("超过多久算超时", "slow beyond")),
    },
    line="CLR-RELEASE",
    node="release",
    means=Means.SHARE,
    of=Text("超时 ÷ 已放行报关单", "slow ÷ released declarations"),
    worse=Worse.HIGHER,
    source=Source.IN_USE,
    ground="DC08",
    reads=("declarations",),
)
def slow_clearance(hours):
    """从申报到放行超过 `hours` 小时的占比：压单、拖延，也是寻租的机会。

    Value: 用时超过 `hours` 小时的 ÷ 已放行报关单，按申报的周。
    Silent when: 该周申报的都未放行。
    Misses: 一直没有放行的；待企业补正的时间也计在内。
    """
    done = entries()
    took = between(done.declared_at, done.released_at)
    return weekly(done, done.count(where=took > hours * HOUR), done.count(where=took >= 0))
