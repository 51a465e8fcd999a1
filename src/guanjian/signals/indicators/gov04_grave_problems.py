"""I-GOV-04: grave problems."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import faults, weekly

EXAMPLE = """
problems: problem_id source unit_code line_code found_on severity
p1 audit 2201 CLR-EXAM 2026-03-02 high
p2 audit 2201 CLR-EXAM 2026-03-03 low
=> 2201 CLR-EXAM 2026-03-02 1 2
"""


@indicator(
    "I-GOV-04",
    Text("严重问题占比", "Grave problems"),
    line="GOV-AUDIT",
    node="rectify",
    means=Means.SHARE,
    of=Text("严重 ÷ 问题", "grave ÷ problems"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("problems",),
)
def grave_problems():
    """问题中严重程度为高的占比，按问题所属条线分列。

    Value: 严重程度为高的 ÷ 全部问题，按发现的周。
    Silent when: 该周没有发现问题。
    Misses: 定级偏松。
    """
    found = faults()
    return weekly(found, found.count(where=found.severity == "high"), found.count(), "line_code")
