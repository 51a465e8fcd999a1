"""I-SEL-05: instructions lifted before a hit."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import orders, weekly

EXAMPLE = """
instructions: instruction_id unit_code issued_at hit_at lifted_at
i1 2201 2026-03-02T09:00 - 2026-03-03T09:00
i2 2201 2026-03-02T09:00 2026-03-03T09:00 2026-03-04T09:00
i3 2201 2026-03-02T09:00 2026-03-05T09:00 2026-03-04T09:00
i4 2201 2026-03-02T09:00 - -
=> 2201 2026-03-02 2 4
"""


@indicator(
    "I-SEL-05",
    Text("布控未命中即解除占比", "Instructions lifted before a hit"),
    line="CLR-SELECT",
    node="lift_instruction",
    means=Means.SHARE,
    of=Text("未命中即解除 ÷ 布控指令", "lifted before a hit ÷ instructions"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("instructions",),
)
def lifted_unhit():
    """布控指令没有命中就被解除的占比：布控形同虚设，或被人为撤掉。

    Value: 已解除而没有命中时间、或解除早于命中的指令 ÷ 全部指令，按下达的周。
    Silent when: 该周没有下达指令。
    Misses: 仍在生效、尚未命中的指令；到期自动解除的也计入。
    """
    given = orders()
    early = given.lifted_at.notnull() & (given.hit_at.isnull() | (given.lifted_at < given.hit_at))
    return weekly(given, given.count(where=early), given.count())
