"""I-CLR-04: amendments per entry accepted."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import steps, weekly

EXAMPLE = """
events: event_id object_type object_id activity unit_code at
e{i} entry a{i} accept 2201 2026-03-02T09:00 *4
f{i} entry a{i} amend 2201 2026-03-03T09:00 *2
=> 2201 2026-03-02 2 4
"""


@indicator(
    "I-CLR-04",
    Text("改单率", "Amendments per entry accepted"),
    line="CLR-AMEND",
    node="amend",
    means=Means.RATIO,
    of=Text("改单 ÷ 接单", "amendments ÷ entries accepted"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("events",),
)
def amendments():
    """改单次数与接受申报票数之比：频繁改单可能是试探审单尺度，或改掉已被发现的问题。

    Value: 改单记录数 ÷ 接单记录数，按发生的周。
    Silent when: 该周没有接单记录；只有改单而无接单的周只给件数。
    Misses: 改了什么、在查验前还是查验后（由“查验通知后改单”的控制看）。
    """
    done = steps()
    return weekly(done, done.count(where=done.activity == "amend"), done.count(where=done.activity == "accept"))
