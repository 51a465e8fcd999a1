"""I-GOV-07: steps recorded late."""

from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import HOUR, between, steps, weekly

EXAMPLE = """
events: event_id object_type object_id activity unit_code at received_at
e1 entry a1 release 2201 2026-03-02T09:00 2026-03-02T09:01
e2 entry a2 release 2201 2026-03-02T09:00 2026-03-03T09:01
e3 entry a3 release 2201 2026-03-02T09:00 2026-03-02T08:59
e4 entry a4 release 2201 2026-03-02T09:00 -
=> 2201 2026-03-02 2 3
"""


@indicator(
    "I-GOV-07",
    Text("补录占比", "Steps recorded late"),
    params={
        "hours": Param(24, Text("小时", "hours"), Text("多久之后记录算补录", "late beyond")),
    },
    line="GOV-DATA",
    node="record",
    means=Means.SHARE,
    of=Text("补录 ÷ 有接收时间的步骤", "recorded late ÷ steps with a server time"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("events",),
)
def recorded_late(hours):
    """业务步骤在发生 `hours` 小时之后才记入系统、或记录时间早于发生时间的占比：倒签、补录的迹象。

    Value: 服务器接收时间晚于发生时间 `hours` 小时以上或更早的 ÷ 有接收时间的步骤，按发生的周。
    Silent when: 没有服务器接收时间。
    Misses: 服务器时间也被改动的（由总账核对）。
    """
    done = steps()
    lag = between(done["at"], done.received_at)
    return weekly(done, done.count(where=(lag > hours * HOUR) | (lag < 0)), done.count(where=lag.notnull()))
