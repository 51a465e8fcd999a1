"""I-CAS-01: penalties decided late."""

from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import DAY, between, fines, weekly

EXAMPLE = """
cases: case_id kind unit_code filed_at
c1 administrative 22P0 2026-01-01T09:00
c2 administrative 22P0 2026-01-01T09:00
penalties: case_id decided_at
c1 2026-04-01T09:00
c2 2026-04-02T09:00
=> 22P0 2026-03-30 1 2
"""


@indicator(
    "I-CAS-01",
    Text("处罚超期率", "Penalties decided late"),
    params={
        "within_days": Param(90, Text("天", "calendar days"), Text("立案后多少天内决定", "decided within")),
    },
    line="ASA-PENALTY",
    node="penalise",
    means=Means.SHARE,
    of=Text("超期 ÷ 处罚决定", "late ÷ penalties"),
    worse=Worse.HIGHER,
    source=Source.LAW,
    ground="行政处罚法第六十条；CS01",
    reads=("penalties", "cases"),
    settles=26,
)
def overdue_penalties(within_days):
    """从立案到作出处罚决定超过法定期限的占比。法律另有规定的，由参数所有人按规定调整天数。

    Value: 立案至决定超过 `within_days` 天的 ÷ 全部处罚决定，按决定的周，计在办案单位。
    Silent when: 该周没有处罚决定。
    Misses: 至今未作决定的（由时限控制看）；依法扣除或延长的时间。
    """
    done = fines()
    late = between(done.filed_at, done.decided_at) > within_days * DAY
    return weekly(done, done.count(where=late), done.count())
