"""I-SEL-03: selected at random."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import choices, weekly

EXAMPLE = """
selections: entry_id unit_code lane selected propensity
a1 2201 random 1 0.1
a2 2201 value 1 0.1
a3 2201 random 0 0.1
a4 2201 value 1 0.1
=> 2201 2026-01-05 1 3
"""


@indicator(
    "I-SEL-03",
    Text("随机选查占比", "Selected at random"),
    line="CLR-SELECT",
    node="select",
    means=Means.SHARE,
    of=Text("随机选查 ÷ 选查", "selected at random ÷ selected"),
    worse=Worse.LOWER,
    source=Source.PROPOSAL,
    reads=("selections",),
)
def random_share():
    """选中查验的报关单里由随机通道选中的占比。没有随机选查就无从知道漏掉了多少。

    Value: 随机通道选中的报关单 ÷ 全部选中的报关单，按选查决定的周。
    Silent when: 该周没有选中的报关单。
    Misses: 名为随机、实为指定的（由可验证抽签看）。
    """
    made = choices()
    return weekly(made, made.count(where=made.selected & (made.lane == "random")), made.count(where=made.selected))
