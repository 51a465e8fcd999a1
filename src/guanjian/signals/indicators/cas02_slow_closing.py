"""I-CAS-02: cases closed late."""

from guanjian.engine.clock import week
from guanjian.engine.tables import cases
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import DAY, between, weekly

EXAMPLE = """
cases: case_id kind unit_code filed_at closed_at
c1 administrative 22P0 2026-01-01T09:00 2026-07-06T09:00
c2 administrative 22P0 2026-06-01T09:00 2026-07-06T09:00
c3 administrative 22P0 2026-01-01T09:00 -
=> 22P0 2026-07-06 1 2
"""


@indicator(
    "I-CAS-02",
    Text("办案超期结案占比", "Cases closed late"),
    params={
        "within_days": Param(180, Text("天", "calendar days"), Text("立案后多少天内结案", "closed within")),
    },
    line="ASA-INVEST",
    node="investigate",
    means=Means.SHARE,
    of=Text("超期结案 ÷ 结案", "closed late ÷ closed"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    ground="CS02",
    reads=("cases",),
    settles=39,
)
def slow_closing(within_days):
    """从立案到结案超过 `within_days` 天的占比。

    Value: 立案至结案超过 `within_days` 天的 ÷ 已结案件，按结案的周，计在办案单位。
    Silent when: 该周没有结案。
    Misses: 一直没有结案的；中止、送检的时间。
    """
    done = cases.filter(cases.closed_at.notnull())
    done = done.mutate(week=week(done.closed_at))
    late = between(done.filed_at, done.closed_at) > within_days * DAY
    return weekly(done, done.count(where=late), done.count())
