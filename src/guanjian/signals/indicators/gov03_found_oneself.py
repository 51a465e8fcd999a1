"""I-GOV-03: problems found by oneself."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import faults, weekly

EXAMPLE = """
problems: problem_id source unit_code line_code found_on
p1 self_check 2201 CLR-EXAM 2026-03-02
p2 audit 2201 CLR-EXAM 2026-03-03
=> 2201 CLR-EXAM 2026-03-02 1 2
"""


@indicator(
    "I-GOV-03",
    Text("自查发现占比", "Problems found by oneself"),
    line="GOV-AUDIT",
    node="self_check",
    means=Means.SHARE,
    of=Text("自查发现 ÷ 问题", "found by oneself ÷ problems"),
    worse=Worse.LOWER,
    source=Source.PROPOSAL,
    reads=("problems",),
)
def found_oneself():
    """问题中由本单位自查发现的占比，按问题所属条线分列。主动发现应予鼓励，总由外部发现说明自查失灵。

    Value: 来源为自查的 ÷ 全部问题，按发现的周。
    Silent when: 该周没有发现问题。
    Misses: 只报小问题的自查（与严重问题占比对照）。
    """
    found = faults()
    return weekly(found, found.count(where=found.source == "self_check"), found.count(), "line_code")
