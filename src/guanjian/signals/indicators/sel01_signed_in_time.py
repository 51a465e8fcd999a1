"""I-SEL-01: instructions signed for in time."""

from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import MINUTE, between, orders, weekly

EXAMPLE = """
instructions: instruction_id unit_code issued_at signed_at
i1 2201 2026-03-02T09:00 2026-03-02T09:10
i2 2201 2026-03-02T09:00 2026-03-02T09:11
i3 2201 2026-03-02T09:00 -
=> 2201 2026-03-02 1 3
"""


@indicator(
    "I-SEL-01",
    Text("布控按时签收率", "Instructions signed for in time"),
    params={
        "within_minutes": Param(10, Text("分钟", "minutes"), Text("下达后多久内签收算按时", "signed within")),
    },
    line="CLR-SELECT",
    node="instruct",
    means=Means.SHARE,
    of=Text("按时签收 ÷ 布控指令", "signed in time ÷ instructions"),
    worse=Worse.LOWER,
    source=Source.IN_USE,
    ground="FX13",
    reads=("instructions",),
)
def signed_in_time(within_minutes):
    """布控指令在规定分钟内签收的占比。

    Value: 下达后 `within_minutes` 分钟内签收的指令 ÷ 全部指令，按下达的周；未签收的计为未按时。
    Silent when: 该周没有下达指令。
    Misses: 签收后迟迟不查的（见选中未查率）。
    """
    given = orders()
    waited = between(given.issued_at, given.signed_at)
    return weekly(given, given.count(where=waited <= within_minutes * MINUTE), given.count())
