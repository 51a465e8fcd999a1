"""I-SEL-09: overrides without a reason."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import steps, weekly

EXAMPLE = """
events: event_id object_type object_id activity unit_code reason at
e1 entry a1 override 2201 - 2026-03-02T09:00
e2 entry a2 override 2201 系统故障 2026-03-02T09:00
e3 entry a3 select 2201 - 2026-03-02T09:00
=> 2201 2026-03-02 1 2
"""


@indicator(
    "I-SEL-09",
    Text("干预未述理由占比", "Overrides without a reason"),
    line="CLR-SELECT",
    node="override",
    means=Means.SHARE,
    of=Text("未述理由 ÷ 人工干预", "without a reason ÷ overrides"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("events",),
)
def unexplained_overrides():
    """人工干预没有写明理由的占比：不留痕的自由裁量。

    Value: 理由为空的人工干预 ÷ 全部人工干预，按发生的周。
    Silent when: 该周没有人工干预。
    Misses: 理由千篇一律的。
    """
    done = steps()
    moved = done.activity == "override"
    return weekly(done, done.count(where=moved & (done.reason.fill_null("") == "")), done.count(where=moved))
