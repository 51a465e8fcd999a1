"""I-CLR-01: hours to clearance."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import HOUR, between, entries, weekly

EXAMPLE = """
declarations: entry_id unit_code declared_at released_at
a1 2201 2026-03-02T09:00 2026-03-02T12:00
a2 2201 2026-03-02T09:00 2026-03-03T09:00
a3 2201 2026-03-02T09:00 -
=> 2201 2026-03-02 27 2
"""


@indicator(
    "I-CLR-01",
    Text("平均通关时间", "Hours to clearance"),
    line="CLR-RELEASE",
    node="release",
    means=Means.MEAN,
    of=Text("小时 ÷ 已放行报关单", "hours per released declaration"),
    worse=Worse.HIGHER,
    source=Source.IN_USE,
    ground="DC08",
    reads=("declarations",),
)
def clearance_hours():
    """从申报到放行平均用多少小时。

    Value: 已放行报关单的总小时数 ÷ 已放行报关单，按申报的周。
    Silent when: 该周申报的都未放行。
    Misses: 一直没有放行的；放行早于申报的记录（提前申报）不计；均值受少数超长者影响，与通关超时占比对照。
    """
    done = entries()
    took = between(done.declared_at, done.released_at)
    return weekly(done, took.sum(where=took >= 0) / HOUR, done.count(where=took >= 0))
