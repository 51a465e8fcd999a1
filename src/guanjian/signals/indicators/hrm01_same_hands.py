"""I-HRM-01: decisions in the same hands."""

import ibis

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import different, dispositions, weekly

EXAMPLE = """
decisions: decision_id kind unit_code proposer decider executor supervisor
d1 procurement 2201 甲 乙 丙 丁
d2 procurement 2201 甲 乙 丙 甲
=> 2201 2026-01-05 1 2
"""


@indicator(
    "I-HRM-01",
    Text("人财物决策一人兼任率", "Decisions in the same hands"),
    line="HRM",
    node="decide",
    means=Means.SHARE,
    of=Text("一人兼任 ÷ 决策", "in the same hands ÷ decisions"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("decisions",),
)
def same_hands():
    """人财物决策中，提议、决定、执行、监督四者有两者以上为同一人的占比。

    Value: 四者有重复的 ÷ 全部决策，按决策的周。
    Silent when: 该周没有人财物决策。
    Misses: 名为不同的人、实为一人说了算（由会议记录看）。
    """
    made = dispositions()
    people = ibis.array([made.proposer, made.decider, made.executor, made.supervisor])
    return weekly(made, made.count(where=different(people) < 4), made.count())
